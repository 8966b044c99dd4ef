/** A refusal in Twilio's shape. The code decides what a caller does; the status follows from it (providers/twilio.md §5). */
export class TwilioError extends Error {
  readonly code: number
  readonly status: number

  constructor(code: number, message?: string) {
    const [status, text] = KNOWN[code] ?? [400, 'Bad Request']
    super(message ?? text)
    this.code = code
    this.status = status
  }

  body(): object {
    const { code, message, status } = this
    return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
  }
}

const KNOWN: Readonly<Record<number, readonly [status: number, text: string]>> = {
  20001: [400, 'Invalid parameter'],
  20003: [401, 'Authenticate'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too Many Requests'],
  20500: [500, 'Internal Server Error'],
  21211: [400, "Invalid 'To' Phone Number"],
  21212: [400, "Invalid 'From' Phone Number"],
  21408: [403, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"],
  21602: [400, 'Message body is required'],
  21603: [400, "A 'From' phone number is required"],
  21604: [400, "A 'To' phone number is required"],
  21606: [400, "The 'From' phone number provided is not a valid, SMS-capable inbound phone number for your account"],
  21610: [400, 'Attempt to send to unsubscribed recipient'],
  21611: [429, "This 'From' number has exceeded the maximum number of queued messages"],
  21612: [400, "The 'To' phone number is not currently reachable using the 'From' phone number"],
  21614: [400, "'To' number is not a valid mobile number"],
  21617: [400, 'The concatenated message body exceeds the 1600 character limit'],
  60200: [400, 'Invalid parameter'],
  60202: [429, 'Max check attempts reached'],
  60203: [429, 'Max send attempts reached'],
  60205: [403, 'SMS is not supported by landline phone number'],
  60238: [403, 'Verification creation has been blocked'],
  60410: [
    403,
    'Verification delivery attempt blocked. The destination phone number prefix has been temporarily blocked',
  ],
  60605: [403, 'The destination phone number has been blocked by Verify Geo-Permissions'],
}
