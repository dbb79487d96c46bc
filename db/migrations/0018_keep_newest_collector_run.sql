CREATE TABLE "collector_newest_run" (
	"collector" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"outcome" text NOT NULL,
	"last_success_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE collector_newest_run ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- It holds no data of a school: whoever may read supervision reads it.
CREATE POLICY collector_newest_run_read ON collector_newest_run FOR SELECT TO vigie_app USING (true);
--> statement-breakpoint
CREATE POLICY collector_newest_run_worker ON collector_newest_run FOR ALL TO vigie_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT ON collector_newest_run TO vigie_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON collector_newest_run TO vigie_worker;
--> statement-breakpoint
-- A scrape counts what waits to be sealed.
GRANT SELECT ON journal_pending TO vigie_worker;
