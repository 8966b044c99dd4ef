import 'virtual:tokens.css'
import './ui/app.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { whenSignedOut } from './app/api.ts'
import { forgetSession } from './app/session.ts'
import { firstLocale, speak, WordsProvider } from './app/words.tsx'
import { paths } from './paths.ts'
import { createRouter } from './routes.tsx'

await speak(firstLocale())

const router = createRouter()

whenSignedOut((reason) => {
  const { pathname, search } = router.state.location
  if (pathname === '/sign-in') return
  forgetSession()
  void router.navigate(reason === 'enrol' ? paths.enrol() : paths.signIn(pathname + search), {
    state: { hasEnded: true },
  })
})

const element = document.getElementById('app')
if (!element) throw new Error('index.html has no #app')
createRoot(element).render(
  <StrictMode>
    <WordsProvider>
      <RouterProvider router={router} />
    </WordsProvider>
  </StrictMode>,
)
