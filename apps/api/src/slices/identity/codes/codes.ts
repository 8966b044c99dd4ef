export { checkCode } from './check-code.ts'
export { sendCode } from './send-code.ts'
