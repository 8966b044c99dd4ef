import type { DeviceKey } from '@dhow/contracts/auth.ts'
import { calculateJwkThumbprint } from 'jose'
import type { z } from 'zod'

/** How a key is known (RFC 7638, SHA-256, base64url). */
export const thumbprintOf = (key: z.infer<typeof DeviceKey>): Promise<string> => calculateJwkThumbprint(key)
