import { z } from 'zod'

// Zod compiles parsers with `new Function`, which our policy forbids. Imported before any schema is made.
z.config({ jitless: true })
