ALTER TABLE "backup_repository" ADD COLUMN "success_ratio" double precision;--> statement-breakpoint
ALTER TABLE "backup_repository" ADD COLUMN "known_since" timestamp with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "backup_repository" ADD COLUMN "recent_runs" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "backup_repository" ADD COLUMN "hosts" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "backup_repository" ADD COLUMN "centralised" boolean;--> statement-breakpoint
ALTER TABLE "backup_repository" ADD COLUMN "logged" boolean;--> statement-breakpoint
ALTER TABLE "backup_repository" ADD COLUMN "removable_offsite" boolean;--> statement-breakpoint
ALTER TABLE "backup_repository" ADD COLUMN "structure_checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "backup_repository" ADD COLUMN "collected_at" timestamp with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "restore_test" ADD COLUMN "public_key" text NOT NULL;--> statement-breakpoint
ALTER TABLE "restore_test" ADD COLUMN "digest" text NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "restore_test_digest_unique" ON "restore_test" USING btree ("digest");
--> statement-breakpoint
-- A repository that no longer exists is taken off by a person.
GRANT DELETE ON backup_repository, backup_size TO vigie_app;
