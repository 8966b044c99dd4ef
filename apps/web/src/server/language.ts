import { Router } from 'express'
import type { Locale } from '@dhow/i18n/locales.ts'
import { createPaths } from '../paths.ts'

/** The better of our two languages for an `Accept-Language`, English when it says neither. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  const wishes = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, position) => {
      const [tag = '', weight = ''] = part.trim().split(';')
      const quality = weight.trim().startsWith('q=') ? Number(weight.trim().slice(2)) : 1
      return {
        language: tag.trim().toLowerCase().split('-')[0],
        quality: Number.isFinite(quality) ? quality : 0,
        position,
      }
    })
  const best = wishes
    .filter(({ language, quality }) => quality > 0 && (language === 'en' || language === 'ar'))
    .sort((one, other) => other.quality - one.quality || one.position - other.position)[0]
  return best?.language === 'ar' ? 'ar' : 'en'
}

/** `/` goes to a language by what the browser asks for; no cookie, so shared caches may keep it per language. */
export function languageRedirect(): Router {
  const router = Router()
  router.get('/', (req, res) => {
    res.set({ vary: 'Accept-Language', 'cache-control': 'public, max-age=0, s-maxage=3600' })
    res.redirect(302, createPaths(preferredLocale(req.get('accept-language'))).home())
  })
  return router
}
