import { acceptInvite, lookUpInvite } from '@dhow/contracts/staff-auth.ts'
import { replace, useLoaderData, useNavigate } from 'react-router'
import type { LoaderFunctionArgs } from 'react-router'
import { load, call } from '../app/api.ts'
import { forgetSession, keepCsrfToken } from '../app/session.ts'
import { useWords } from '../app/words.tsx'
import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import { paths } from '../paths.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { SkeletonLines } from '../ui/Skeleton.tsx'
import { textOf, useForm } from '../ui/useForm.ts'

// The link's secret is taken out of the address, where it would stay in the history and be looked at over shoulders.
let held: string | undefined

/** Takes the token out of the address, and asks whom it is for. */
export function loader({ request }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get('token')
  if (token) {
    held = token
    throw replace(paths.invite())
  }
  const secret = held ?? ''
  return { token: secret, invite: load(lookUpInvite, { body: { token: secret } }) }
}

function AcceptForm({ token, email }: { token: string; email: string }) {
  const { t, locale } = useWords()
  const navigate = useNavigate()
  const form = useForm({
    schema: acceptInvite.body,
    read: (fields) => ({ token, locale, name: textOf(fields, 'name'), password: textOf(fields, 'password') }),
    check: (fields) => (textOf(fields, 'password') === textOf(fields, 'again') ? {} : { again: 'not-same' }),
    send: (body) => call(acceptInvite, { body }),
    changesData: false,
    onDone: ({ csrfToken }) => {
      held = undefined
      forgetSession()
      keepCsrfToken(csrfToken)
      void navigate(paths.enrol(), { replace: true })
    },
  })
  return (
    <Form
      form={form}
      actions={
        <Button type="submit" kind="main" isWide isBusy={form.state.isBusy}>
          {t('admin.invite.submit')}
        </Button>
      }
    >
      <p>
        {t.rich('admin.invite.for', {
          email: (
            <b key="email">
              <bdi>{email}</bdi>
            </b>
          ),
        })}
      </p>
      <input type="email" name="email" value={email} autoComplete="username" readOnly hidden />
      <TextField
        name="name"
        label={t('admin.fields.name')}
        form={form.state}
        autoComplete="name"
        maxLength={80}
        isFirst
      />
      <TextField
        name="password"
        type="password"
        label={t('admin.fields.newPassword')}
        hint={t('admin.fields.passwordHint')}
        form={form.state}
        autoComplete="new-password"
        isLatin
      />
      <TextField
        name="again"
        type="password"
        label={t('admin.fields.passwordAgain')}
        form={form.state}
        autoComplete="new-password"
        isLatin
      />
    </Form>
  )
}

/** An invitation is used here: a name and a password; the second factor comes next. */
export function Page() {
  const { t } = useWords()
  const { token, invite } = useLoaderData<typeof loader>()
  return (
    <SignInFrame title={t('admin.invite.title')} lead={t('admin.invite.lead')}>
      <Loaded of={invite} skeleton={<SkeletonLines lines={6} />}>
        {({ email }) => <AcceptForm token={token} email={email} />}
      </Loaded>
    </SignInFrame>
  )
}
