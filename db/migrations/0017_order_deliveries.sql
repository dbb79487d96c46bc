DROP INDEX "connector_name_unique";--> statement-breakpoint
ALTER TABLE "connector" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connector_delivery" ADD COLUMN "event_id" bigint NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "connector_delivery_event_unique" ON "connector_delivery" USING btree ("connector_id","event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "connector_name_unique" ON "connector" USING btree ("academie","name") WHERE removed_at is null;--> statement-breakpoint
GRANT SELECT (removed_at), UPDATE (removed_at) ON "connector" TO vigie_app;
