import { Router, urlencoded, type NextFunction, type Request, type Response } from 'express'
import type { Faults } from '../platform/faults.ts'
import { answerLate } from '../platform/late-answer.ts'
import { TwilioError } from './errors.ts'
import { createMessage, fetchMessage } from './messages.ts'
import type { TwilioContext } from './state.ts'
import { checkVerification, createVerification, fetchVerification, updateVerification } from './verifications.ts'

type Deps = { ctx: TwilioContext; faults: Faults; count: (endpoint: string) => void }

/** Does the request and says how to answer; `isCut` has the line cut instead. */
type Work = (req: Request) => { status: number; answer: object; isCut?: boolean }

const MESSAGES = '/2010-04-01/Accounts/:account/Messages'
const SERVICE = '/v2/Services/:service'

/** Twilio's Verify v2 (`/v2/Services/…`) and Messages (`/2010-04-01/…`), in their wire format. */
export function twilioRoutes(deps: Deps): Router {
  const { ctx } = deps
  const router = Router()
  const endpoint = (method: 'get' | 'post', path: string, work: Work): void => {
    router[method](path, urlencoded({ extended: false, limit: '100kb' }), (req, res) =>
      serve(deps, { req, res, work, path }),
    )
  }
  endpoint('post', `${SERVICE}/Verifications`, ({ body }) => ({ status: 201, ...createVerification(ctx, body) }))
  endpoint('post', `${SERVICE}/VerificationCheck`, ({ body }) => ({
    status: 200,
    answer: checkVerification(ctx, body),
  }))
  endpoint('post', `${SERVICE}/Verifications/:sid`, (req) => ({
    status: 200,
    answer: updateVerification(ctx, String(req.params['sid']), req.body),
  }))
  endpoint('get', `${SERVICE}/Verifications/:sid`, (req) => ({
    status: 200,
    answer: fetchVerification(ctx, String(req.params['sid'])),
  }))
  endpoint('post', `${MESSAGES}.json`, ({ body }) => ({ status: 201, ...createMessage(ctx, body) }))
  endpoint('get', `${MESSAGES}/:sid.json`, (req) => ({
    status: 200,
    answer: fetchMessage(ctx, String(req.params['sid'])),
  }))
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (error instanceof TwilioError) res.status(error.status).json(error.body())
    else next(error)
  })
  return router
}

function serve(deps: Deps, { req, res, work, path }: { req: Request; res: Response; work: Work; path: string }): void {
  const shown = path.replaceAll(/:(\w+)/g, '{$1}')
  deps.count(`${req.method} ${shown}`)
  authenticate(deps.ctx, req)
  const fault = deps.faults.take('twilio', req.method, req.path)
  if (fault?.kind === 'error500' || fault?.kind === 'error500-kept') throw new TwilioError(20500)
  if (fault?.kind === 'rate-limit') throw new TwilioError(20429)
  if (fault?.kind === 'reset-before') return void res.socket?.destroy()
  if (fault?.kind === 'timeout') return
  const { status, answer, isCut } = work(req)
  if (isCut || fault?.kind === 'reset-after') return void res.socket?.destroy()
  answerLate(res, fault, () => void res.status(status).json(answer))
}

/** Basic with the account's sid and its token; the sid in the path must be its own. */
function authenticate({ config }: TwilioContext, req: Request): void {
  const [scheme = '', value = ''] = (req.get('authorization') ?? '').split(' ')
  const given = scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8') : ''
  if (given !== `${config.accountSid}:${config.authToken}`) throw new TwilioError(20003)
  const { account, service } = req.params
  if (account !== undefined && account !== config.accountSid) throw new TwilioError(20404)
  if (service !== undefined && service !== config.verifyServiceSid) throw new TwilioError(20404)
}
