import type { Express } from 'express'

export function mountDocumentation(app: Express): void {
  void app
}
