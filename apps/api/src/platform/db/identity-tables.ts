import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<Date, Date, Date>
type Json<T> = ColumnType<T, string, string>
type Audience = 'shop-api' | 'admin-api'

/** Accounts, factors, sessions, staff, audit: rows of migrations 0006 to 0010, in camelCase. */
export interface IdentityTables {
  accounts: {
    id: string
    kind: 'customer' | 'staff'
    status: 'invited' | 'active' | 'disabled' | 'erased'
    dataKey: Buffer | null
    nameSealed: Buffer | null
    phoneSealed: Buffer | null
    phoneIndex: Buffer | null
    phoneVerifiedAt: Instant | null
    emailSealed: Buffer | null
    emailIndex: Buffer | null
    emailVerifiedAt: Instant | null
    locale: 'en' | 'ar'
    failureCount: Generated<number>
    lastFailureAt: Instant | null
    lastSignInAt: Instant | null
    disabledAt: Instant | null
    disabledReason: string | null
    createdAt: Instant
    updatedAt: Instant
  }
  passwords: { accountId: string; hash: string; changedAt: Instant }
  passkeys: {
    id: string
    accountId: string
    credentialId: Buffer
    publicKey: Buffer
    counter: number
    transports: Generated<string[]>
    name: string
    isBackedUp: boolean
    createdAt: Instant
    lastUsedAt: Instant | null
  }
  totpSecrets: {
    accountId: string
    seedSealed: Buffer
    nextSeedSealed: Buffer | null
    confirmedAt: Instant | null
    lastStep: Generated<number>
    createdAt: Instant
  }
  recoveryCodes: { id: string; accountId: string; hash: string; usedAt: Instant | null; createdAt: Instant }
  authChallenges: {
    id: string
    purpose: 'second-factor' | 'passkey-sign-in' | 'passkey-second-factor' | 'passkey-enrol' | 'passkey-confirm'
    audience: Audience
    accountId: string | null
    sessionId: string | null
    challenge: string | null
    passkeyId: string | null
    amr: Generated<string[]>
    deviceId: string | null
    tryCount: Generated<number>
    createdAt: Instant
    expiresAt: Instant
    usedAt: Instant | null
  }
  oneTimeLinks: {
    id: string
    purpose: 'register' | 'reset-password' | 'change-email' | 'undo-change' | 'staff-invite'
    accountId: string | null
    tokenHash: Buffer
    dataSealed: Buffer | null
    createdAt: Instant
    expiresAt: Instant
    usedAt: Instant | null
  }
  accountMessages: {
    id: string
    accountId: string | null
    kind: string
    channel: 'email' | 'sms'
    locale: 'en' | 'ar'
    contentSealed: Buffer
    linkId: string | null
    state: 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'refused'
    attempts: Generated<number>
    providerRef: string | null
    createdAt: Instant
    sendingSince: Instant | null
    sentAt: Instant | null
  }
  signingKeys: {
    kid: string
    algorithm: 'EdDSA'
    publicJwk: Json<object>
    privateSealed: Buffer
    createdAt: Instant
    signsFrom: Instant
    retiresAt: Instant | null
  }
  sessions: {
    id: string
    accountId: string
    audience: Audience
    deviceId: string | null
    deviceKeyThumbprint: string | null
    client: string
    network: string
    country: string | null
    city: string | null
    latitude: number | null
    longitude: number | null
    amr: string[]
    authenticatedAt: Instant
    secondFactorAt: Instant | null
    createdAt: Instant
    lastSeenAt: Instant
    idleExpiresAt: Instant
    expiresAt: Instant
    revokedAt: Instant | null
    revokedReason: string | null
  }
  refreshTokens: {
    tokenHash: Buffer
    sessionId: string
    createdAt: Instant
    usedAt: Instant | null
    usedByRequest: string | null
    successorSealed: Buffer | null
  }
  usedProofs: { jtiHash: Buffer; expiresAt: Instant }
  otpChallenges: {
    id: string
    purpose: 'sign-in' | 'change-phone' | 'confirm-identity' | 'confirm-order'
    accountId: string | null
    phoneIndex: Buffer
    phoneSealed: Buffer
    deviceId: string | null
    providerRef: string | null
    isOpenAtProvider: boolean
    state: 'pending' | 'verified' | 'dead'
    tryCount: Generated<number>
    createdAt: Instant
    expiresAt: Instant
  }
  otpSends: {
    id: Generated<number>
    challengeId: string
    country: string
    phoneIndex: Buffer
    prefixIndex: Buffer
    ipIndex: Buffer
    networkIndex: Buffer
    deviceIndex: Buffer | null
    accountId: string | null
    costFils: number
    isSent: Generated<boolean>
    at: Instant
    verifiedAt: Instant | null
  }
  otpBlocks: { subject: string; reason: string; blockedUntil: Instant }
  otpProofs: { hash: Buffer; expiresAt: Instant }
  customerAddresses: {
    id: string
    accountId: string
    addressSealed: Buffer
    isDefault: boolean
    createdAt: Instant
    updatedAt: Instant
  }
  customerConsents: {
    id: Generated<number>
    accountId: string
    channel: string
    purpose: string
    isGranted: boolean
    wordingVersion: string
    locale: string
    source: string
    network: string
    at: Instant
  }
  ownSignInMethods: {
    accountId: string
    hasPassword: boolean
    hasTotp: boolean
    passkeyCount: number
    recoveryCodesLeft: number
  }
  roles: {
    id: string
    code: string | null
    nameEn: string
    nameAr: string
    permissions: string[]
    limits: Json<{ refundUpTo?: number | null }>
    createdAt: Instant
    updatedAt: Instant
  }
  staffRoles: { accountId: string; roleId: string; grantedBy: string | null; grantedAt: Instant }
  staffRoleNames: { accountId: string; id: string; code: string | null; nameEn: string; nameAr: string }
  approvals: {
    id: string
    action: string
    subject: Json<Record<string, unknown>>
    reason: string
    state: 'pending' | 'approved' | 'rejected' | 'withdrawn'
    requestedBy: string
    requestedAt: Instant
    expiresAt: Instant
    decidedBy: string | null
    decidedAt: Instant | null
  }
  staffMembers: {
    id: string
    status: 'invited' | 'active' | 'disabled'
    dataKey: Buffer | null
    nameSealed: Buffer | null
    phoneSealed: Buffer | null
    emailSealed: Buffer | null
    emailIndex: Buffer | null
    locale: 'en' | 'ar'
    lastSignInAt: Date | null
    createdAt: Date
    hasTotp: boolean
    hasPasskey: boolean
    inviteExpiresAt: Date | null
    lastSecondFactorAt: Date | null
  }
  accountSessions: {
    id: string
    accountId: string
    client: string
    country: string | null
    city: string | null
    amr: string[]
    createdAt: Date
    lastSeenAt: Date
    expiresAt: Date
    kind: 'customer' | 'staff'
    dataKey: Buffer | null
    nameSealed: Buffer | null
    phoneSealed: Buffer | null
    phoneIndex: Buffer | null
    emailSealed: Buffer | null
    emailIndex: Buffer | null
  }
  sessionActors: {
    sessionId: string
    accountId: string
    audience: Audience
    amr: string[]
    authenticatedAt: Date
    secondFactorAt: Date | null
    idleExpiresAt: Date
    expiresAt: Date
    isEnded: boolean
    accountStatus: string
    permissions: string[]
    limits: { refundUpTo?: number | null }[]
  }
  auditEvents: {
    seq: number
    at: Instant
    actorKind: 'anonymous' | 'customer' | 'staff' | 'system'
    actorId: string | null
    sessionId: string | null
    network: string | null
    action: string
    objectType: string | null
    objectId: string | null
    reason: string | null
    result: 'ok' | 'refused' | 'failed'
    details: Json<Record<string, unknown>>
    requestId: string | null
    prevHash: Buffer
    hash: Buffer
  }
  auditHeads: { seq: number; hash: Buffer; at: Instant; kid: string; signature: Buffer }
  securityAlerts: {
    id: string
    rule: string
    subject: string
    severity: 'warning' | 'page'
    evidence: Json<Record<string, unknown>>
    actions: Generated<string[]>
    state: 'open' | 'resolved'
    firstSeenAt: Instant
    lastSeenAt: Instant
    count: Generated<number>
    resolvedBy: string | null
    resolvedAt: Instant | null
    resolution: string | null
  }
  securityMeasures: { subject: string; measure: 'slow-sign-in'; alertId: string; until: Instant }
  rateLimits: { key: string; points: number; expiresAt: Instant }
}
