DROP INDEX "bordereau_scan_idx";--> statement-breakpoint
CREATE UNIQUE INDEX "bordereau_scan_unique" ON "bordereau_scan" USING btree ("bordereau_id","sha256");