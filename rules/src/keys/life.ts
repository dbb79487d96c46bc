/** State of an OTP key, from the day it is registered to the day it is destroyed. */
export type KeyState =
  | 'stock'
  | 'initialised'
  | 'handed_over'
  | 'active'
  | 'paused'
  | 'locked'
  | 'lost'
  | 'stolen'
  | 'broken'
  | 'revoked'
  | 'returned'
  | 'scrapped'

export type KeyTransition =
  | 'bind'
  | 'unbind'
  | 'hand_over'
  | 'undo_hand_over'
  | 'activate'
  | 'pause'
  | 'resume'
  | 'lock'
  | 'unlock'
  | 'report_lost'
  | 'report_stolen'
  | 'report_broken'
  | 'revoke'
  | 'take_back'
  | 'restock'
  | 'scrap'

/** Who acts on a key. `superior` is the holder's direct superior, `manager` who manages that kind of holder's keys. */
export type KeyActor = 'manager' | 'superior' | 'assistance' | 'holder' | 'system'

/** What must be true, beside the state and the role, for a transition to happen. */
export type Precondition =
  | 'holder'
  | 'not_expired'
  | 'face_to_face'
  | 'bordereau'
  | 'pin'
  | 'first_code'
  | 'call_back'
  | 'reason'
  | 'attempts_spent'

export interface TransitionRule {
  readonly from: readonly KeyState[]
  readonly to: KeyState
  readonly by: readonly KeyActor[]
  readonly needs: readonly Precondition[]
}

const IN_HANDS = ['handed_over', 'active', 'paused', 'locked'] as const
const BOUND = ['initialised', ...IN_HANDS] as const
const ANYONE_CONCERNED = ['holder', 'assistance', 'superior', 'manager'] as const

/**
 * The whole life of a key: nothing else changes a state. Sources: Montpellier 2008, chapters 1 to 6 (binding by the
 * OSP, hand-over by the direct superior, revocation after a call-back, restitution); Martinique 2010, cases 1 to 5.
 */
export const KEY_LIFE: Readonly<Record<KeyTransition, TransitionRule>> = {
  bind: { from: ['stock'], to: 'initialised', by: ['manager'], needs: ['holder', 'not_expired'] },
  unbind: { from: ['initialised'], to: 'stock', by: ['manager'], needs: ['reason'] },
  hand_over: {
    from: ['initialised'],
    to: 'handed_over',
    by: ['superior'],
    needs: ['holder', 'face_to_face', 'bordereau'],
  },
  undo_hand_over: { from: ['handed_over'], to: 'initialised', by: ['superior'], needs: ['reason'] },
  activate: { from: ['handed_over'], to: 'active', by: ['superior'], needs: ['holder', 'pin', 'first_code'] },
  pause: { from: ['active'], to: 'paused', by: ['superior', 'manager', 'assistance'], needs: ['reason'] },
  resume: { from: ['paused'], to: 'active', by: ['superior', 'manager'], needs: ['holder', 'not_expired'] },
  lock: { from: ['active'], to: 'locked', by: ['system'], needs: ['attempts_spent'] },
  unlock: { from: ['locked'], to: 'active', by: ['assistance'], needs: ['holder', 'call_back'] },
  report_lost: { from: BOUND, to: 'lost', by: ANYONE_CONCERNED, needs: ['reason'] },
  report_stolen: { from: BOUND, to: 'stolen', by: ANYONE_CONCERNED, needs: ['reason'] },
  report_broken: { from: BOUND, to: 'broken', by: ANYONE_CONCERNED, needs: ['reason'] },
  revoke: {
    from: [...BOUND, 'lost', 'stolen', 'broken'],
    to: 'revoked',
    by: ['manager'],
    needs: ['call_back', 'reason'],
  },
  take_back: {
    from: [...IN_HANDS, 'lost', 'stolen', 'broken', 'revoked'],
    to: 'returned',
    by: ['superior', 'manager'],
    needs: ['bordereau'],
  },
  restock: { from: ['returned'], to: 'stock', by: ['manager'], needs: ['not_expired'] },
  scrap: {
    from: ['stock', 'returned', 'lost', 'stolen', 'broken', 'revoked'],
    to: 'scrapped',
    by: ['manager'],
    needs: ['reason'],
  },
}

export const KEY_TRANSITIONS = Object.keys(KEY_LIFE) as readonly KeyTransition[]

export const KEY_STATES = [
  'stock',
  'initialised',
  'handed_over',
  'active',
  'paused',
  'locked',
  'lost',
  'stolen',
  'broken',
  'revoked',
  'returned',
  'scrapped',
] as const satisfies readonly KeyState[]

/** In: a key's state and who asks. Out: the transitions open to that person, their preconditions still to be met. */
export const openTransitions = (state: KeyState, actors: readonly KeyActor[]): readonly KeyTransition[] =>
  KEY_TRANSITIONS.filter((name) => {
    const rule = KEY_LIFE[name]
    return rule.from.includes(state) && rule.by.some((actor) => actors.includes(actor))
  })

/** States in which a key is still meant for its holder: a person holds one such key at most. */
export const HELD_STATES: readonly KeyState[] = BOUND

/** What is done with a token in the hand: software, which is one person's own, is never given, taken back or bound again. */
export const IN_HAND: readonly KeyTransition[] = [
  'bind',
  'unbind',
  'hand_over',
  'undo_hand_over',
  'activate',
  'take_back',
  'restock',
]

/** Failures after which a key is locked until assistance frees it. */
export const FAILURES_BEFORE_LOCK = 10

/** In: the last day of a key's life (null when unknown) and today, both `YYYY-MM-DD`. Out: whether its life is over. */
export const isExpired = (expiresOn: string | null, today: string): boolean =>
  expiresOn !== null && expiresOn < today
