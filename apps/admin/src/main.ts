import { z } from 'zod'

// Zod compiles parsers with `new Function`, which our policy forbids and browsers report. Schemas are made when their module is
// loaded, so everything else comes after this.
z.config({ jitless: true })

await import('./start.tsx')
