CREATE TABLE "sales_hours" (
	"store_id" uuid NOT NULL,
	"hour" bigint NOT NULL,
	"business_date" text NOT NULL,
	"currency" text NOT NULL,
	"takings" bigint NOT NULL,
	"sales" bigint NOT NULL,
	CONSTRAINT "sales_hours_store_id_hour_business_date_currency_pk" PRIMARY KEY("store_id","hour","business_date","currency")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"name" text,
	"phone" text,
	"email" text,
	"born_on" text,
	"age_verified_at" bigint,
	"age_verified_by" uuid,
	"commitment" text,
	"added_at" bigint NOT NULL,
	"added_by" uuid,
	"version" bigint NOT NULL,
	"erased_at" bigint
);
--> statement-breakpoint
CREATE TABLE "device_alerts" (
	"store_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"what" text NOT NULL,
	"since" bigint NOT NULL,
	"value" bigint NOT NULL,
	"limit" bigint NOT NULL,
	"over_at" bigint,
	CONSTRAINT "device_alerts_store_id_device_id_since_what_pk" PRIMARY KEY("store_id","device_id","since","what")
);
--> statement-breakpoint
CREATE TABLE "device_commands" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"directive_id" uuid NOT NULL,
	"command" text NOT NULL,
	"args" jsonb NOT NULL,
	"state" text NOT NULL,
	"detail" text,
	"asked_at" bigint NOT NULL,
	"asked_by" uuid,
	"expires_at" bigint NOT NULL,
	"answered_at" bigint,
	CONSTRAINT "device_commands_directiveId_unique" UNIQUE("directive_id")
);
--> statement-breakpoint
CREATE TABLE "device_keys" (
	"device_id" uuid PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"sealed" text NOT NULL,
	"made_at" bigint NOT NULL,
	"made_by" uuid
);
--> statement-breakpoint
CREATE TABLE "device_states" (
	"store_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"firmware" text,
	"config_version" bigint,
	"last_seen_at" bigint,
	"since" bigint NOT NULL,
	CONSTRAINT "device_states_store_id_device_id_pk" PRIMARY KEY("store_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "device_telemetry" (
	"store_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"metric" text NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"count" bigint NOT NULL,
	"min" bigint NOT NULL,
	"max" bigint NOT NULL,
	"mean" bigint NOT NULL,
	"last" bigint NOT NULL,
	CONSTRAINT "device_telemetry_store_id_device_id_from_at_metric_pk" PRIMARY KEY("store_id","device_id","from_at","metric")
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" bigint,
	"name" text NOT NULL,
	"slots" jsonb NOT NULL,
	"link" jsonb,
	"config" jsonb NOT NULL,
	"config_version" bigint NOT NULL,
	"key_number" bigint DEFAULT 0 NOT NULL,
	"archived" boolean DEFAULT false NOT NULL,
	"version" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "devices_number_unique" UNIQUE("number"),
	CONSTRAINT "devices_number" CHECK ("devices"."number" IS NULL OR "devices"."number" BETWEEN 1 AND 4294967295)
);
--> statement-breakpoint
CREATE TABLE "dispenser_days" (
	"store_id" uuid NOT NULL,
	"business_date" text NOT NULL,
	"device_id" uuid NOT NULL,
	"ok" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"uncertain" bigint NOT NULL,
	CONSTRAINT "dispenser_days_store_id_business_date_device_id_pk" PRIMARY KEY("store_id","business_date","device_id")
);
--> statement-breakpoint
CREATE TABLE "dispenser_states" (
	"store_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"paused_at" bigint,
	"paused_by" uuid,
	"pause_changed_at" bigint,
	"last_good_at" bigint,
	CONSTRAINT "dispenser_states_store_id_device_id_pk" PRIMARY KEY("store_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "firmware_images" (
	"digest" text PRIMARY KEY NOT NULL,
	"firmware" bigint NOT NULL,
	"size" bigint NOT NULL,
	"image" "bytea" NOT NULL,
	"added_at" bigint NOT NULL,
	"added_by" uuid
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	"disabled_at" bigint,
	CONSTRAINT "users_login_unique" UNIQUE("login")
);
--> statement-breakpoint
CREATE TABLE "intents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"wish" text NOT NULL,
	"asked_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "apply_cursors" (
	"store_id" uuid PRIMARY KEY NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exceptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"fact_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"module" text NOT NULL,
	"code" text NOT NULL,
	"detail" text NOT NULL,
	"subjects" text[] NOT NULL,
	"applied" boolean NOT NULL,
	"state" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"closed_at" bigint,
	"closed_by" uuid,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "generations" (
	"store_id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"node_id" uuid NOT NULL,
	"why" text NOT NULL,
	"prev_generation" bigint NOT NULL,
	"prev_seq" bigint NOT NULL,
	"prev_hash" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"request_id" uuid NOT NULL,
	"lost_heard_at" bigint,
	"lost_seq" bigint,
	"lost_since" bigint,
	"lost_until" bigint,
	"lost_is_certain" boolean NOT NULL,
	CONSTRAINT "generations_store_id_generation_pk" PRIMARY KEY("store_id","generation"),
	CONSTRAINT "generations_requestId_unique" UNIQUE("request_id")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"store_id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"received_at" bigint NOT NULL,
	"hash" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "journal_store_id_generation_seq_pk" PRIMARY KEY("store_id","generation","seq")
);
--> statement-breakpoint
CREATE TABLE "journal_heads" (
	"store_id" uuid PRIMARY KEY NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"store_id" uuid NOT NULL,
	"node_id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"occurred_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	"text" text NOT NULL,
	"state" text NOT NULL,
	"decided_at" bigint,
	"decided_by" uuid,
	"note" text,
	CONSTRAINT "quarantine_store_id_node_id_generation_seq_pk" PRIMARY KEY("store_id","node_id","generation","seq")
);
--> statement-breakpoint
CREATE TABLE "witnesses" (
	"store_id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	"signed_at" bigint NOT NULL,
	"signature" text NOT NULL,
	CONSTRAINT "witnesses_store_id_generation_pk" PRIMARY KEY("store_id","generation")
);
--> statement-breakpoint
CREATE TABLE "ledger_balances" (
	"store_id" uuid NOT NULL,
	"account" text NOT NULL,
	"currency" text NOT NULL,
	"balance" bigint NOT NULL,
	CONSTRAINT "ledger_balances_store_id_account_currency_pk" PRIMARY KEY("store_id","account","currency")
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source" uuid NOT NULL,
	"business_date" text NOT NULL,
	"occurred_at" bigint NOT NULL,
	CONSTRAINT "ledger_entries_store_id_id_pk" PRIMARY KEY("store_id","id")
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"store_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"line" bigint NOT NULL,
	"account" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "postings_store_id_entry_id_line_pk" PRIMARY KEY("store_id","entry_id","line")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"store_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"line" bigint NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"name" text NOT NULL,
	"quantity" bigint NOT NULL,
	"quantity_scale" bigint NOT NULL,
	"unit_price" bigint NOT NULL,
	"price_id" uuid NOT NULL,
	"price_version" bigint NOT NULL,
	"tax_id" uuid NOT NULL,
	"tax_version" bigint NOT NULL,
	"tax_rate" bigint NOT NULL,
	"tax_inclusive" boolean NOT NULL,
	"gross" bigint NOT NULL,
	"discounted" bigint NOT NULL,
	"net" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"total" bigint NOT NULL,
	"dispensable" boolean NOT NULL,
	CONSTRAINT "order_lines_store_id_order_id_line_pk" PRIMARY KEY("store_id","order_id","line")
);
--> statement-breakpoint
CREATE TABLE "order_tenders" (
	"store_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"method" text NOT NULL,
	"amount" bigint NOT NULL,
	"tendered" bigint NOT NULL,
	"change" bigint NOT NULL,
	"reference" text,
	"state" text NOT NULL,
	CONSTRAINT "order_tenders_store_id_order_id_id_pk" PRIMARY KEY("store_id","order_id","id")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"till_id" uuid,
	"staff_id" uuid,
	"shift_id" uuid,
	"customer_id" uuid,
	"receipt" text,
	"business_date" text NOT NULL,
	"occurred_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"currency" text NOT NULL,
	"discounted" bigint NOT NULL,
	"net" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"total" bigint NOT NULL,
	"tip" bigint NOT NULL,
	"rounding" bigint NOT NULL,
	"pricing_version" bigint NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "orders_store_id_id_pk" PRIMARY KEY("store_id","id")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"position" bigserial PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"body" jsonb NOT NULL,
	"occurred_at" bigint NOT NULL,
	"attempt" bigint NOT NULL,
	"next_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pickup_units" (
	"store_id" uuid NOT NULL,
	"pickup_id" uuid NOT NULL,
	"unit" bigint NOT NULL,
	"attempt" bigint NOT NULL,
	"product_id" uuid NOT NULL,
	"voucher_id" uuid NOT NULL,
	"directive_id" uuid NOT NULL,
	CONSTRAINT "pickup_units_store_id_pickup_id_unit_attempt_pk" PRIMARY KEY("store_id","pickup_id","unit","attempt"),
	CONSTRAINT "pickup_units_voucherId_unique" UNIQUE("voucher_id")
);
--> statement-breakpoint
CREATE TABLE "pickups" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"reference" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"asked_by" uuid,
	CONSTRAINT "pickups_store_id_id_pk" PRIMARY KEY("store_id","id"),
	CONSTRAINT "pickups_by_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "barcodes" (
	"code" text PRIMARY KEY NOT NULL,
	"product_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"parent_id" uuid,
	"name" text NOT NULL,
	"position" bigint DEFAULT 0 NOT NULL,
	"archived" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"product_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "prices_by_product" UNIQUE("product_id","currency")
);
--> statement-breakpoint
CREATE TABLE "product_availability" (
	"store_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"available" boolean NOT NULL,
	CONSTRAINT "product_availability_store_id_product_id_pk" PRIMARY KEY("store_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sku" text NOT NULL,
	"name" text NOT NULL,
	"category_id" uuid,
	"unit" text NOT NULL,
	"quantity_scale" bigint NOT NULL,
	"tax_class" text NOT NULL,
	"dispensable" boolean NOT NULL,
	"stock_policy" text NOT NULL,
	"age_limit" bigint,
	"issue_method" text DEFAULT 'fifo' NOT NULL,
	"low_stock_at" bigint,
	"plu_code" text,
	"position" bigint DEFAULT 0 NOT NULL,
	"archived" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "products_sku_unique" UNIQUE("sku"),
	CONSTRAINT "products_plu_code_unique" UNIQUE("plu_code")
);
--> statement-breakpoint
CREATE TABLE "tax_rates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"country" text NOT NULL,
	"tax_class" text NOT NULL,
	"name" text NOT NULL,
	"rate" bigint NOT NULL,
	"inclusive" boolean NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "tax_rates_by_class" UNIQUE("country","tax_class")
);
--> statement-breakpoint
CREATE TABLE "day_reports" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"number" bigint NOT NULL,
	"till_id" uuid NOT NULL,
	"business_date" text NOT NULL,
	"first_date" text NOT NULL,
	"currency" text NOT NULL,
	"closed_at" bigint NOT NULL,
	"closed_by" uuid,
	"approved_by" uuid,
	"vouchers_open" bigint NOT NULL,
	"totals" jsonb NOT NULL,
	"covers" jsonb NOT NULL,
	CONSTRAINT "day_reports_store_id_id_pk" PRIMARY KEY("store_id","id")
);
--> statement-breakpoint
CREATE TABLE "order_refunds" (
	"store_id" uuid NOT NULL,
	"return_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"method" text NOT NULL,
	"amount" bigint NOT NULL,
	"reference" text,
	CONSTRAINT "order_refunds_store_id_return_id_id_pk" PRIMARY KEY("store_id","return_id","id")
);
--> statement-breakpoint
CREATE TABLE "order_returns" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"original_store_id" uuid NOT NULL,
	"receipt" text NOT NULL,
	"till_id" uuid,
	"staff_id" uuid,
	"shift_id" uuid,
	"business_date" text NOT NULL,
	"occurred_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"currency" text NOT NULL,
	"net" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"total" bigint NOT NULL,
	"rounding" bigint NOT NULL,
	"reason" text NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "order_returns_store_id_id_pk" PRIMARY KEY("store_id","id")
);
--> statement-breakpoint
CREATE TABLE "order_return_lines" (
	"store_id" uuid NOT NULL,
	"return_id" uuid NOT NULL,
	"line" bigint NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"name" text NOT NULL,
	"quantity" bigint NOT NULL,
	"quantity_scale" bigint NOT NULL,
	"net" bigint NOT NULL,
	"tax_rate" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"total" bigint NOT NULL,
	"restock" boolean NOT NULL,
	CONSTRAINT "order_return_lines_store_id_return_id_line_pk" PRIMARY KEY("store_id","return_id","line")
);
--> statement-breakpoint
CREATE TABLE "return_reservations" (
	"store_id" uuid NOT NULL,
	"return_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"original_store_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"reserved_at" bigint NOT NULL,
	CONSTRAINT "return_reservations_store_id_return_id_line_id_pk" PRIMARY KEY("store_id","return_id","line_id")
);
--> statement-breakpoint
CREATE TABLE "voided_sales" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"till_id" uuid,
	"staff_id" uuid,
	"shift_id" uuid,
	"business_date" text NOT NULL,
	"occurred_at" bigint NOT NULL,
	"currency" text NOT NULL,
	"total" bigint NOT NULL,
	"reason" text NOT NULL,
	"approved_by" uuid,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "voided_sales_store_id_id_pk" PRIMARY KEY("store_id","id")
);
--> statement-breakpoint
CREATE TABLE "drawer_movements" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"shift_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"occurred_at" bigint NOT NULL,
	"staff_id" uuid,
	"approved_by" uuid,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "drawer_movements_store_id_id_pk" PRIMARY KEY("store_id","id")
);
--> statement-breakpoint
CREATE TABLE "shifts" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"till_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"business_date" text NOT NULL,
	"currency" text NOT NULL,
	"float" bigint NOT NULL,
	"opened_at" bigint NOT NULL,
	"opened_by" uuid,
	"counted" bigint,
	"expected" bigint,
	"closed_at" bigint,
	"closed_by" uuid,
	"reason" text,
	"closed_generation" bigint,
	"closed_seq" bigint,
	CONSTRAINT "shifts_store_id_id_pk" PRIMARY KEY("store_id","id")
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"pin_hash" text NOT NULL,
	"badge_hash" text,
	"active" boolean DEFAULT true NOT NULL,
	"version" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "staff_badgeHash_unique" UNIQUE("badge_hash")
);
--> statement-breakpoint
CREATE TABLE "allotments" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"granted_at" bigint NOT NULL,
	"expires_at" bigint,
	"released" text,
	CONSTRAINT "allotments_store_id_id_pk" PRIMARY KEY("store_id","id")
);
--> statement-breakpoint
CREATE TABLE "issue_rules" (
	"store_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"method" text NOT NULL,
	CONSTRAINT "issue_rules_store_id_product_id_pk" PRIMARY KEY("store_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "lot_movements" (
	"store_id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"line" bigint NOT NULL,
	"lot_id" text NOT NULL,
	"product_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"cost" bigint,
	"sale_id" uuid,
	CONSTRAINT "lot_movements_store_id_generation_seq_line_lot_id_pk" PRIMARY KEY("store_id","generation","seq","line","lot_id")
);
--> statement-breakpoint
CREATE TABLE "low_stock_alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"available" bigint NOT NULL,
	"threshold" bigint NOT NULL,
	"opened_at" bigint NOT NULL,
	"over_at" bigint
);
--> statement-breakpoint
CREATE TABLE "stock_levels" (
	"store_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"on_hand" bigint NOT NULL,
	"reserved" bigint NOT NULL,
	CONSTRAINT "stock_levels_store_id_product_id_pk" PRIMARY KEY("store_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "stock_lots" (
	"store_id" uuid NOT NULL,
	"id" text NOT NULL,
	"product_id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"line" bigint NOT NULL,
	"quantity" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	"cost" bigint,
	"lot_code" text,
	"expires_on" text,
	"supplier" text,
	"occurred_at" bigint NOT NULL,
	CONSTRAINT "stock_lots_store_id_id_pk" PRIMARY KEY("store_id","id"),
	CONSTRAINT "stock_lots_remaining" CHECK (remaining BETWEEN 0 AND quantity)
);
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"store_id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"line" bigint NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"quantity" bigint NOT NULL,
	"occurred_at" bigint NOT NULL,
	"sale_id" uuid,
	"document_id" uuid,
	"reason" text,
	"cost" bigint,
	CONSTRAINT "stock_movements_store_id_generation_seq_line_pk" PRIMARY KEY("store_id","generation","seq","line")
);
--> statement-breakpoint
CREATE TABLE "directives" (
	"id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"body" jsonb NOT NULL,
	"issued_at" bigint NOT NULL,
	"issued_by" uuid,
	"state" text NOT NULL,
	"answered_at" bigint,
	"code" text,
	"detail" text,
	CONSTRAINT "directives_store_id_id_pk" PRIMARY KEY("store_id","id"),
	CONSTRAINT "directives_by_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "enrolment_codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"expires_at" bigint NOT NULL,
	"node_id" uuid
);
--> statement-breakpoint
CREATE TABLE "nodes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"name" text NOT NULL,
	"public_key" text NOT NULL,
	"box_key" text NOT NULL,
	"enrolled_at" bigint NOT NULL,
	"revoked_at" bigint,
	"last_seen_at" bigint,
	"version" text,
	"head_generation" bigint,
	"head_seq" bigint,
	"waiting" bigint,
	"oldest_waiting_at" bigint,
	"devices_total" bigint,
	"devices_online" bigint,
	"devices_pouring" jsonb
);
--> statement-breakpoint
CREATE TABLE "stores" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"currency" text NOT NULL,
	"time_zone" text NOT NULL,
	"address" text,
	"environment" text NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "stores_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "vouchers" (
	"store_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid,
	"line_id" uuid,
	"unit" integer,
	"first_id" uuid NOT NULL,
	"business_date" text NOT NULL,
	"product_id" uuid NOT NULL,
	"dispenser_id" uuid NOT NULL,
	"serial" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"state" text NOT NULL,
	"cleared" text,
	"refunded" boolean NOT NULL,
	CONSTRAINT "vouchers_store_id_id_pk" PRIMARY KEY("store_id","id")
);
--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_commands" ADD CONSTRAINT "device_commands_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_keys" ADD CONSTRAINT "device_keys_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "apply_cursors" ADD CONSTRAINT "apply_cursors_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generations" ADD CONSTRAINT "generations_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_heads" ADD CONSTRAINT "journal_heads_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barcodes" ADD CONSTRAINT "barcodes_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_categories_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_availability" ADD CONSTRAINT "product_availability_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_availability" ADD CONSTRAINT "product_availability_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directives" ADD CONSTRAINT "directives_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_codes" ADD CONSTRAINT "enrolment_codes_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nodes" ADD CONSTRAINT "nodes_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customers_by_store" ON "customers" USING btree ("store_id");--> statement-breakpoint
CREATE INDEX "customers_by_person" ON "customers" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "customers_by_name" ON "customers" USING btree ("name","id") WHERE id = person_id;--> statement-breakpoint
CREATE UNIQUE INDEX "customers_one_phone" ON "customers" USING btree ("phone") WHERE id = person_id;--> statement-breakpoint
CREATE UNIQUE INDEX "customers_one_email" ON "customers" USING btree ("email") WHERE id = person_id;--> statement-breakpoint
CREATE INDEX "device_commands_by_device" ON "device_commands" USING btree ("device_id","asked_at","id");--> statement-breakpoint
CREATE INDEX "device_commands_open" ON "device_commands" USING btree ("expires_at") WHERE "device_commands"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "device_telemetry_by_end" ON "device_telemetry" USING btree ("to_at");--> statement-breakpoint
CREATE INDEX "devices_by_store" ON "devices" USING btree ("store_id","name","id");--> statement-breakpoint
CREATE INDEX "firmware_images_by_time" ON "firmware_images" USING btree ("added_at","digest");--> statement-breakpoint
CREATE INDEX "sessions_by_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "exceptions_by_state" ON "exceptions" USING btree ("store_id","state");--> statement-breakpoint
CREATE INDEX "exceptions_by_time" ON "exceptions" USING btree ("opened_at","id");--> statement-breakpoint
CREATE INDEX "exceptions_by_fact" ON "exceptions" USING btree ("store_id","generation","seq");--> statement-breakpoint
CREATE INDEX "quarantine_by_state" ON "quarantine" USING btree ("state","store_id","node_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_by_time" ON "ledger_entries" USING btree ("occurred_at","id");--> statement-breakpoint
CREATE INDEX "ledger_entries_by_store_time" ON "ledger_entries" USING btree ("store_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "ledger_entries_by_source" ON "ledger_entries" USING btree ("source");--> statement-breakpoint
CREATE INDEX "orders_by_id" ON "orders" USING btree ("id");--> statement-breakpoint
CREATE INDEX "orders_by_time" ON "orders" USING btree ("occurred_at","id");--> statement-breakpoint
CREATE INDEX "orders_by_store_time" ON "orders" USING btree ("store_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "orders_by_receipt" ON "orders" USING btree ("receipt");--> statement-breakpoint
CREATE INDEX "orders_by_shift" ON "orders" USING btree ("store_id","shift_id") WHERE shift_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "pickups_by_time" ON "pickups" USING btree ("asked_at","id");--> statement-breakpoint
CREATE INDEX "barcodes_by_product" ON "barcodes" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "products_by_category" ON "products" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "day_reports_by_time" ON "day_reports" USING btree ("store_id","closed_at","id");--> statement-breakpoint
CREATE INDEX "day_reports_by_number" ON "day_reports" USING btree ("store_id","number");--> statement-breakpoint
CREATE INDEX "order_returns_by_seq" ON "order_returns" USING btree ("store_id","generation","seq");--> statement-breakpoint
CREATE INDEX "order_returns_by_order" ON "order_returns" USING btree ("original_store_id","order_id");--> statement-breakpoint
CREATE INDEX "order_returns_by_day" ON "order_returns" USING btree ("store_id","business_date");--> statement-breakpoint
CREATE INDEX "order_returns_by_shift" ON "order_returns" USING btree ("store_id","shift_id") WHERE shift_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "return_reservations_by_order" ON "return_reservations" USING btree ("original_store_id","order_id");--> statement-breakpoint
CREATE INDEX "voided_sales_by_seq" ON "voided_sales" USING btree ("store_id","generation","seq");--> statement-breakpoint
CREATE INDEX "voided_sales_by_day" ON "voided_sales" USING btree ("store_id","business_date");--> statement-breakpoint
CREATE INDEX "drawer_movements_by_shift" ON "drawer_movements" USING btree ("store_id","shift_id");--> statement-breakpoint
CREATE INDEX "drawer_movements_by_seq" ON "drawer_movements" USING btree ("store_id","generation","seq");--> statement-breakpoint
CREATE INDEX "shifts_by_close" ON "shifts" USING btree ("store_id","closed_generation","closed_seq");--> statement-breakpoint
CREATE INDEX "shifts_by_time" ON "shifts" USING btree ("store_id","opened_at","id");--> statement-breakpoint
CREATE INDEX "staff_by_store" ON "staff" USING btree ("store_id","name");--> statement-breakpoint
CREATE INDEX "allotments_by_id" ON "allotments" USING btree ("id");--> statement-breakpoint
CREATE INDEX "allotments_by_time" ON "allotments" USING btree ("granted_at","id");--> statement-breakpoint
CREATE INDEX "allotments_held" ON "allotments" USING btree ("store_id","product_id") WHERE released IS NULL;--> statement-breakpoint
CREATE INDEX "lot_movements_by_lot" ON "lot_movements" USING btree ("store_id","lot_id");--> statement-breakpoint
CREATE INDEX "lot_movements_by_sale" ON "lot_movements" USING btree ("store_id","sale_id") WHERE sale_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "low_stock_alerts_open" ON "low_stock_alerts" USING btree ("store_id","product_id") WHERE over_at IS NULL;--> statement-breakpoint
CREATE INDEX "low_stock_alerts_by_time" ON "low_stock_alerts" USING btree ("opened_at","id");--> statement-breakpoint
CREATE INDEX "stock_lots_open" ON "stock_lots" USING btree ("store_id","product_id") WHERE remaining > 0;--> statement-breakpoint
CREATE INDEX "stock_lots_expiring" ON "stock_lots" USING btree ("store_id","expires_on","id") WHERE remaining > 0;--> statement-breakpoint
CREATE INDEX "stock_movements_by_product" ON "stock_movements" USING btree ("store_id","product_id","occurred_at");--> statement-breakpoint
CREATE INDEX "nodes_by_store" ON "nodes" USING btree ("store_id");--> statement-breakpoint
CREATE UNIQUE INDEX "nodes_one_live" ON "nodes" USING btree ("store_id") WHERE revoked_at IS NULL;--> statement-breakpoint
CREATE INDEX "vouchers_by_order" ON "vouchers" USING btree ("store_id","order_id");--> statement-breakpoint
CREATE INDEX "vouchers_by_day" ON "vouchers" USING btree ("store_id","business_date");