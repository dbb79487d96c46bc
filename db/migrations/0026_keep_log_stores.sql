CREATE TABLE "log_store" (
	"source_id" uuid NOT NULL,
	"seen_on" date NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"oldest_at" timestamp with time zone NOT NULL,
	"newest_at" timestamp with time zone NOT NULL,
	"bytes" bigint NOT NULL,
	"free_bytes" bigint,
	"capacity_bytes" bigint,
	"archived" boolean,
	"in_service_since" date,
	CONSTRAINT "log_store_source_id_seen_on_pk" PRIMARY KEY("source_id","seen_on")
);
--> statement-breakpoint
ALTER TABLE "log_sequence" ADD COLUMN "gaps" jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE log_store ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY log_store_in_scope ON log_store FOR ALL TO vigie_app
  USING (EXISTS (SELECT 1 FROM log_source parent WHERE parent.id = log_store.source_id));
--> statement-breakpoint
CREATE POLICY log_store_worker ON log_store FOR ALL TO vigie_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON log_store TO vigie_app, vigie_worker;
