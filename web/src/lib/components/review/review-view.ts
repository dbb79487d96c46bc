import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type OfReview = Client['v1']['review']

export type Review = InferResponseType<OfReview['$get'], 200>
export type ReviewRow = Review['rows'][number]
export type ReviewKind = ReviewRow['kind']
export type Figures = InferResponseType<Client['v1']['review-figures']['$get'], 200>
export type Decided = InferResponseType<OfReview['decisions']['$post'], 200>
export type Effect = NonNullable<Decided['effect']>
export type Batch = InferResponseType<OfReview['batches']['$get'], 200>['rows'][number]
export type Undone = InferResponseType<OfReview['batches'][':id']['undo']['$post'], 200>
