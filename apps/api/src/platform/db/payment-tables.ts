import type { ColumnType, Generated } from 'kysely'
import type { PaymentState } from '@dhow/contracts/orders.ts'

/** Rows of payments and money, as migration 0012 defines them (see `tables.ts`). Amounts are minor units. */
type Instant = ColumnType<Date, Date, Date>
type Json<T> = ColumnType<T, string, string>

export interface PaymentTables {
  payments: {
    id: string
    orderId: string
    provider: string
    method: string
    state: string
    currency: string
    amount: number
    attempt: Generated<number>
    supersededAt: Instant | null
    changeAskedAt: Instant | null
    authoriseAskedAt: Instant | null
    authorisedAmount: Generated<number>
    capturedAmount: Generated<number>
    refundRequestedAmount: Generated<number>
    refundedAmount: Generated<number>
    providerRef: string | null
    sessionRef: string | null
    redirectUrl: string | null
    expiresAt: Instant | null
    providerState: string | null
    wallet: string | null
    cardBrand: string | null
    cardLast4: string | null
    declineReason: string | null
    heldReason: string | null
    polledAt: Instant | null
    pollCount: Generated<number>
    createdAt: Instant
    updatedAt: Instant
    authorisedAt: Instant | null
    capturedAt: Instant | null
    captureBefore: Instant | null
    alarmLevel: Generated<number>
    feeAmount: number | null
    dismissedReason: string | null
  }
  /** A view. */
  placedOrders: { orderId: string; number: string; state: 'awaiting-payment' | 'confirmed' | 'cancelled' }
  /** A view. */
  paymentList: {
    id: string
    attempt: number
    isCurrent: boolean
    provider: string
    method: string
    state: string
    providerRef: string | null
    providerState: string | null
    currency: string
    amount: number
    authorisedAmount: number
    capturedAmount: number
    refundRequestedAmount: number
    refundedAmount: number
    feeAmount: number | null
    heldReason: string | null
    declineReason: string | null
    cardBrand: string | null
    cardLast4: string | null
    wallet: string | null
    createdAt: Date
    updatedAt: Date
    authorisedAt: Date | null
    capturedAt: Date | null
    expiresAt: Date | null
    captureBefore: Date | null
    alarmLevel: number
    orderId: string
    orderNumber: string
    orderState: 'awaiting-payment' | 'confirmed' | 'cancelled'
    deadlineAt: Date | null
  }
  captures: {
    id: string
    paymentId: string
    amount: number
    isFinal: boolean
    state: 'requested' | 'succeeded' | 'failed'
    providerRef: string | null
    shipment: Json<object> | null
    requestedBy: string | null
    failureReason: string | null
    tryCount: Generated<number>
    nextTryAt: Instant | null
    createdAt: Instant
    updatedAt: Instant
  }
  refunds: {
    id: string
    orderId: string
    paymentId: string | null
    destination: 'original' | 'store-credit'
    state: 'requested' | 'pending' | 'succeeded' | 'failed'
    amount: number
    vatAmount: number
    deliveryAmount: Generated<number>
    deliveryVatAmount: Generated<number>
    paymentFeeAmount: Generated<number>
    paymentFeeVatAmount: Generated<number>
    otherAmount: Generated<number>
    roundingAmount: Generated<number>
    isOfSale: Generated<boolean>
    reason: string
    isExternal: Generated<boolean>
    providerRef: string | null
    failureReason: string | null
    requestedBy: string | null
    approvalId: string | null
    customerId: string | null
    tryCount: Generated<number>
    nextTryAt: Instant | null
    createdAt: Instant
    updatedAt: Instant
    succeededAt: Instant | null
  }
  refundLines: { refundId: string; orderLineId: string; quantity: number; amount: number; vatAmount: number }
  refundedLines: {
    orderLineId: string
    orderId: string
    soldQuantity: number
    soldAmount: number
    soldVatAmount: number
    quantity: number
    amount: number
    vatAmount: number
  }
  disputes: {
    id: string
    paymentId: string
    provider: string
    providerRef: string
    state: 'inquiry' | 'needs-response' | 'under-review' | 'won' | 'lost' | 'closed'
    reason: string
    amount: number
    currency: string
    dueAt: Instant | null
    hasEvidence: Generated<boolean>
    isRefundable: Generated<boolean>
    withdrawnAmount: Generated<number>
    feeAmount: Generated<number>
    alarmLevel: Generated<number>
    openedAt: Instant
    closedAt: Instant | null
    updatedAt: Instant
  }
  fraudWarnings: {
    provider: string
    providerRef: string
    paymentId: string
    kind: string
    isActionable: boolean
    warnedAt: Instant
    updatedAt: Instant
  }
  ledgerTransactions: {
    id: string
    kind: string
    source: string
    orderId: string | null
    paymentId: string | null
    at: Instant
  }
  ledgerEntries: {
    id: Generated<number>
    transactionId: string
    account: string
    customerId: string | null
    amount: number
    currency: Generated<string>
  }
  storeCreditAccounts: { customerId: string; balanceAmount: number; updatedAt: Instant }
  paymentCustomers: { accountId: string; provider: string; providerRef: string; createdAt: Instant }
  providerTransactions: {
    provider: string
    providerRef: string
    kind: string
    amount: number
    feeAmount: number
    currency: string
    sourceRef: string | null
    paymentId: string | null
    payoutRef: string | null
    occurredAt: Instant
    importedAt: Instant
  }
  payouts: {
    id: string
    provider: string
    providerRef: string
    state: 'pending' | 'in-transit' | 'paid' | 'failed' | 'cancelled'
    amount: number
    currency: string
    arrivesOn: string | null
    createdAt: Instant
    updatedAt: Instant
  }
  codCollections: {
    paymentId: string
    orderId: string
    state: 'pending' | 'collected' | 'remitted' | 'reconciled' | 'refused' | 'cancelled'
    dueAmount: number
    collectedAmount: number | null
    deliveryCodeSealed: Buffer | null
    deliveryCodeTries: Generated<number>
    phoneIndex: Buffer | null
    customerId: string | null
    courier: string | null
    remittanceId: string | null
    remittedAmount: number | null
    createdAt: Instant
    updatedAt: Instant
    collectedAt: Instant | null
    collectedBy: string | null
    refusedAt: Instant | null
    refusalReason: string | null
    goodsBackAt: Generated<Instant | null>
    forgivenAt: Generated<Instant | null>
  }
  codRemittances: {
    id: string
    courier: string
    reference: string
    fileHash: Buffer
    rowCount: number
    collectedAmount: number
    feeAmount: number
    remittedAmount: number
    varianceAmount: number
    importedBy: string | null
    importedAt: Instant
  }
  codRemittanceRows: {
    remittanceId: string
    line: number
    orderNumber: string
    collectedAmount: number
    feeAmount: number
    remittedAmount: number
    outcome: 'matched' | 'amount-differs' | 'fee-differs' | 'unknown-order' | 'duplicate' | 'not-collected'
    paymentId: string | null
    expectedAmount: number | null
    resolvedAt: Instant | null
    resolvedBy: string | null
    note: string | null
  }
  webhookEvents: {
    provider: string
    eventId: string
    type: string
    topic: Generated<'payment' | 'dispute' | 'fraud-warning' | 'payout' | 'other'>
    objectRef: string | null
    orderRef: string | null
    payload: Buffer
    receivedAt: Instant
    state: Generated<'stored' | 'handled' | 'failed' | 'ignored'>
    deliveryCount: Generated<number>
    attemptCount: Generated<number>
    failureReason: string | null
    handledAt: Instant | null
  }
  reconciliationRuns: {
    id: string
    provider: string
    kind: 'open' | 'recent' | 'nightly' | 'manual'
    fromAt: Instant
    toAt: Instant
    state: 'running' | 'finished' | 'failed'
    comparedCount: Generated<number>
    differenceCount: Generated<number>
    healedCount: Generated<number>
    failureReason: string | null
    totals: Json<object> | null
    startedAt: Instant
    finishedAt: Instant | null
  }
  reconciliationDifferences: {
    id: string
    runId: string
    provider: string
    class:
      | 'missing-here'
      | 'missing-there'
      | 'amount'
      | 'state'
      | 'currency'
      | 'duplicate'
      | 'fee'
      | 'payout'
      | 'ledger'
    providerRef: string
    paymentId: string | null
    orderId: string | null
    ours: Json<object>
    theirs: Json<object>
    state: 'open' | 'healed' | 'resolved'
    firstSeenAt: Instant
    lastSeenAt: Instant
    resolvedAt: Instant | null
    resolvedBy: string | null
    note: string | null
  }
  paymentBooks: {
    paymentId: string
    orderId: string
    provider: string
    providerRef: string | null
    sessionRef: string | null
    redirectUrl: string | null
    state: PaymentState
    currency: string
    amount: number
    authorisedAmount: number
    capturedAmount: number
    refundedAmount: number
    feeAmount: number | null
    heldReason: string | null
    supersededAt: Instant | null
    createdAt: Instant
    updatedAt: Instant
    captureBefore: Instant | null
    bookedAmount: number
    bookedFeeAmount: number
  }
}
