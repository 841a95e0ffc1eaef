CREATE TABLE `day_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`generation` integer NOT NULL,
	`number` integer NOT NULL,
	`till_id` text NOT NULL,
	`business_date` text NOT NULL,
	`first_date` text NOT NULL,
	`currency` text NOT NULL,
	`closed_at` integer NOT NULL,
	`closed_by` text,
	`approved_by` text,
	`totals` text NOT NULL,
	`vouchers_open` integer NOT NULL,
	`intent` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `day_reports_by_number` ON `day_reports` (`generation`,`number`);--> statement-breakpoint
CREATE INDEX `day_reports_by_date` ON `day_reports` (`business_date`);--> statement-breakpoint
CREATE INDEX `day_reports_by_time` ON `day_reports` (`closed_at`,`id`);--> statement-breakpoint
CREATE TABLE `day_spans` (
	`generation` integer NOT NULL,
	`to_seq` integer NOT NULL,
	`from_seq` integer NOT NULL,
	`report_id` text NOT NULL,
	PRIMARY KEY(`generation`, `to_seq`),
	FOREIGN KEY (`report_id`) REFERENCES `day_reports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `day_spans_by_report` ON `day_spans` (`report_id`);--> statement-breakpoint
CREATE TABLE `drawer_movements` (
	`id` text PRIMARY KEY NOT NULL,
	`shift_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` integer NOT NULL,
	`reason` text NOT NULL,
	`business_date` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`staff` text,
	`intent` text NOT NULL,
	`generation` integer NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `drawer_movements_by_shift` ON `drawer_movements` (`shift_id`);--> statement-breakpoint
CREATE INDEX `drawer_movements_by_seq` ON `drawer_movements` (`generation`,`seq`);--> statement-breakpoint
CREATE TABLE `shifts` (
	`id` text PRIMARY KEY NOT NULL,
	`till_id` text NOT NULL,
	`number` integer NOT NULL,
	`currency` text NOT NULL,
	`float` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`opened_by` text,
	`intent` text NOT NULL,
	`counted` integer,
	`expected` integer,
	`count_intent` text,
	`closed_at` integer,
	`closed_by` text,
	`reason` text,
	`closed_generation` integer,
	`closed_seq` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shifts_by_number` ON `shifts` (`till_id`,`number`);--> statement-breakpoint
CREATE INDEX `shifts_by_close` ON `shifts` (`closed_generation`,`closed_seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `shift_open` ON `shifts` (`till_id`) WHERE closed_at IS NULL;--> statement-breakpoint
CREATE TABLE `device_commands` (
	`id` text PRIMARY KEY NOT NULL,
	`place` integer NOT NULL,
	`device_id` text NOT NULL,
	`command` text NOT NULL,
	`args` text NOT NULL,
	`state` text NOT NULL,
	`detail` text,
	`directive_id` text,
	`staff` text,
	`queued_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`sent_at` integer,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `device_commands_place_unique` ON `device_commands` (`place`);--> statement-breakpoint
CREATE INDEX `device_commands_by_state` ON `device_commands` (`state`,`device_id`,`place`);--> statement-breakpoint
CREATE INDEX `device_commands_by_device` ON `device_commands` (`device_id`,`place`);--> statement-breakpoint
CREATE INDEX `device_commands_by_end` ON `device_commands` (`ended_at`);--> statement-breakpoint
CREATE TABLE `device_standings` (
	`device_id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`firmware` text,
	`config_version` integer,
	`last_seen_at` integer
);
--> statement-breakpoint
CREATE TABLE `device_updates` (
	`device_id` text PRIMARY KEY NOT NULL,
	`command_id` text NOT NULL,
	`digest` text NOT NULL,
	`state` text NOT NULL,
	`received` integer NOT NULL,
	`boot_id` text,
	`expires_at` integer NOT NULL,
	`started_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `device_watches` (
	`device_id` text NOT NULL,
	`what` text NOT NULL,
	`since` integer NOT NULL,
	`told` integer NOT NULL,
	`value` integer NOT NULL,
	`limit` integer NOT NULL,
	PRIMARY KEY(`device_id`, `what`)
);
--> statement-breakpoint
CREATE TABLE `firmware_images` (
	`digest` text PRIMARY KEY NOT NULL,
	`firmware` integer NOT NULL,
	`size` integer NOT NULL,
	`image` blob NOT NULL,
	`added_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `telemetry_readings` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`device_id` text NOT NULL,
	`metric` text NOT NULL,
	`value` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `telemetry_by_metric` ON `telemetry_readings` (`device_id`,`metric`,`at`);--> statement-breakpoint
CREATE INDEX `telemetry_by_time` ON `telemetry_readings` (`at`);--> statement-breakpoint
CREATE TABLE `telemetry_sums` (
	`device_id` text NOT NULL,
	`metric` text NOT NULL,
	`from` integer NOT NULL,
	`to` integer NOT NULL,
	`count` integer NOT NULL,
	`min` integer NOT NULL,
	`max` integer NOT NULL,
	`total` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`device_id`, `metric`)
);
--> statement-breakpoint
CREATE TABLE `facts` (
	`generation` integer NOT NULL,
	`seq` integer NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`hash` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`generation`, `seq`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `facts_id_unique` ON `facts` (`id`);--> statement-breakpoint
CREATE INDEX `facts_by_kind` ON `facts` (`kind`,`generation`,`seq`);--> statement-breakpoint
CREATE TABLE `generations` (
	`generation` integer PRIMARY KEY NOT NULL,
	`first_seq` integer NOT NULL,
	`prev` text NOT NULL,
	`opened_at` integer NOT NULL,
	`told` integer DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE `witnesses` (
	`generation` integer PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`signed_at` integer NOT NULL,
	`signature` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `approvals` (
	`id` text PRIMARY KEY NOT NULL,
	`till_id` text NOT NULL,
	`action` text NOT NULL,
	`amount` integer NOT NULL,
	`reason` text NOT NULL,
	`requested_by` text,
	`approved_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `approvals_by_expiry` ON `approvals` (`expires_at`);--> statement-breakpoint
CREATE TABLE `customer_details` (
	`id` text PRIMARY KEY NOT NULL,
	`salt` text NOT NULL,
	`name` text,
	`phone` text,
	`email` text,
	`added_at` integer NOT NULL,
	`delivered_at` integer
);
--> statement-breakpoint
CREATE INDEX `details_by_delivery` ON `customer_details` (`delivered_at`,`added_at`);--> statement-breakpoint
CREATE TABLE `device_pairings` (
	`id` text PRIMARY KEY NOT NULL,
	`driver` text NOT NULL,
	`root_key` text NOT NULL,
	`key_number` integer DEFAULT 0 NOT NULL,
	`paired_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`name` text,
	`till_id` text NOT NULL,
	`page_id` text NOT NULL,
	`staff_id` text,
	`items` integer NOT NULL,
	`total` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`content` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drafts_by_state` ON `drafts` (`state`,`changed_at`);--> statement-breakpoint
CREATE TABLE `identity` (
	`only` integer PRIMARY KEY NOT NULL,
	`node_id` text NOT NULL,
	`public_key` text NOT NULL,
	`private_key` text NOT NULL,
	`box_public_key` text NOT NULL,
	`box_private_key` text NOT NULL,
	`store_id` text,
	`server_url` text,
	`centre_public_key` text,
	`clock_offset` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lan_authority` (
	`only` integer PRIMARY KEY NOT NULL,
	`certificate` text NOT NULL,
	`private_key` text NOT NULL,
	`names` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `low_stock_told` (
	`product_id` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `print_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`place` integer NOT NULL,
	`printer_id` text NOT NULL,
	`till_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text,
	`language` text NOT NULL,
	`state` text NOT NULL,
	`copy` integer,
	`problem` text,
	`attempts` integer NOT NULL,
	`queued_at` integer NOT NULL,
	`sent_at` integer,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `print_jobs_place_unique` ON `print_jobs` (`place`);--> statement-breakpoint
CREATE INDEX `print_jobs_by_state` ON `print_jobs` (`state`,`printer_id`,`place`);--> statement-breakpoint
CREATE INDEX `print_jobs_by_subject` ON `print_jobs` (`subject_id`);--> statement-breakpoint
CREATE INDEX `print_jobs_by_end` ON `print_jobs` (`ended_at`);--> statement-breakpoint
CREATE TABLE `printers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`link` text NOT NULL,
	`profile` text NOT NULL,
	`added_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `printers_name_unique` ON `printers` (`name`);--> statement-breakpoint
CREATE TABLE `receipt_logo` (
	`only` integer PRIMARY KEY NOT NULL,
	`png` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recoveries` (
	`only` integer PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`why` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `replacements` (
	`only` integer PRIMARY KEY NOT NULL,
	`replaced_at` integer NOT NULL,
	`signature` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `shape_cursors` (
	`shape` text PRIMARY KEY NOT NULL,
	`handle` text NOT NULL,
	`offset` text NOT NULL,
	`complete` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `staff_sessions` (
	`till_id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`staff_id` text NOT NULL,
	`opened_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_sessions_tokenHash_unique` ON `staff_sessions` (`token_hash`);--> statement-breakpoint
CREATE TABLE `staff_tries` (
	`staff_id` text PRIMARY KEY NOT NULL,
	`wrong` integer NOT NULL,
	`locked_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stock_count_entries` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`count_id` text NOT NULL,
	`product_id` text NOT NULL,
	`till_id` text NOT NULL,
	`staff` text,
	`kind` text NOT NULL,
	`quantity` integer NOT NULL,
	`on_hand` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`count_id`) REFERENCES `stock_counts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stock_count_entries_id_unique` ON `stock_count_entries` (`id`);--> statement-breakpoint
CREATE INDEX `count_entries_by_product` ON `stock_count_entries` (`count_id`,`product_id`);--> statement-breakpoint
CREATE TABLE `stock_counts` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`category_id` text,
	`blind` integer NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`till_id` text NOT NULL,
	`staff` text,
	`first_review_at` integer
);
--> statement-breakpoint
CREATE TABLE `stock_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`saved_at` integer NOT NULL,
	`till_id` text NOT NULL,
	`staff` text
);
--> statement-breakpoint
CREATE TABLE `till_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`till_code` text,
	`name` text,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`pairing_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `till_codes_codeHash_unique` ON `till_codes` (`code_hash`);--> statement-breakpoint
CREATE TABLE `till_printers` (
	`till_id` text PRIMARY KEY NOT NULL,
	`printer_id` text NOT NULL,
	FOREIGN KEY (`printer_id`) REFERENCES `printers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `till_tokens` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`till_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`pairing_id` text,
	FOREIGN KEY (`till_id`) REFERENCES `tills`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `tills` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`paired_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tills_code_unique` ON `tills` (`code`);--> statement-breakpoint
CREATE TABLE `added_customers` (
	`id` text PRIMARY KEY NOT NULL,
	`commitment` text NOT NULL,
	`erased` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `answered_directives` (
	`directive_id` text PRIMARY KEY NOT NULL,
	`fact_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `issue_rules` (
	`product_id` text PRIMARY KEY NOT NULL,
	`method` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lot_movements` (
	`generation` integer NOT NULL,
	`seq` integer NOT NULL,
	`line` integer NOT NULL,
	`lot_id` text NOT NULL,
	`quantity` integer NOT NULL,
	`cost` integer,
	`sale_id` text,
	PRIMARY KEY(`generation`, `seq`, `line`, `lot_id`),
	FOREIGN KEY (`lot_id`) REFERENCES `stock_lots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lot_movements_by_lot` ON `lot_movements` (`lot_id`);--> statement-breakpoint
CREATE INDEX `lot_movements_by_sale` ON `lot_movements` (`sale_id`) WHERE sale_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `paused_dispensers` (
	`dispenser_id` text PRIMARY KEY NOT NULL,
	`paused_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `receipt_series` (
	`series` text PRIMARY KEY NOT NULL,
	`last` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `refunds` (
	`return_id` text NOT NULL,
	`id` text NOT NULL,
	`method` text NOT NULL,
	`amount` integer NOT NULL,
	`reference` text,
	PRIMARY KEY(`return_id`, `id`),
	FOREIGN KEY (`return_id`) REFERENCES `sale_returns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reservations` (
	`id` text PRIMARY KEY NOT NULL,
	`product_id` text NOT NULL,
	`quantity` integer NOT NULL,
	`purpose` text NOT NULL,
	`note` text,
	`reserved_at` integer NOT NULL,
	`expires_at` integer,
	`released` text
);
--> statement-breakpoint
CREATE INDEX `reservations_held` ON `reservations` (`expires_at`) WHERE released IS NULL;--> statement-breakpoint
CREATE TABLE `return_lines` (
	`return_id` text NOT NULL,
	`line` integer NOT NULL,
	`id` text NOT NULL,
	`product_id` text NOT NULL,
	`name` text NOT NULL,
	`quantity` integer NOT NULL,
	`quantity_scale` integer NOT NULL,
	`net` integer NOT NULL,
	`tax_rate` integer NOT NULL,
	`tax` integer NOT NULL,
	`total` integer NOT NULL,
	`restock` integer NOT NULL,
	PRIMARY KEY(`return_id`, `line`),
	FOREIGN KEY (`return_id`) REFERENCES `sale_returns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sale_lines` (
	`sale_id` text NOT NULL,
	`line` integer NOT NULL,
	`id` text NOT NULL,
	`product_id` text NOT NULL,
	`name` text NOT NULL,
	`quantity` integer NOT NULL,
	`quantity_scale` integer NOT NULL,
	`unit_price` integer NOT NULL,
	`gross` integer NOT NULL,
	`discounted` integer NOT NULL,
	`net` integer NOT NULL,
	`tax_rate` integer NOT NULL,
	`tax` integer NOT NULL,
	`total` integer NOT NULL,
	`dispensable` integer NOT NULL,
	`note` text,
	PRIMARY KEY(`sale_id`, `line`),
	FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sale_returns` (
	`id` text PRIMARY KEY NOT NULL,
	`sale_id` text NOT NULL,
	`original_store_id` text NOT NULL,
	`original_receipt` text NOT NULL,
	`till_id` text NOT NULL,
	`shift_id` text,
	`receipt` text NOT NULL,
	`business_date` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`staff` text,
	`currency` text NOT NULL,
	`net` integer NOT NULL,
	`tax` integer NOT NULL,
	`total` integer NOT NULL,
	`rounding` integer NOT NULL,
	`reason` text NOT NULL,
	`intent` text NOT NULL,
	`generation` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sale_returns_receipt_unique` ON `sale_returns` (`receipt`);--> statement-breakpoint
CREATE INDEX `returns_by_sale` ON `sale_returns` (`sale_id`);--> statement-breakpoint
CREATE INDEX `returns_by_seq` ON `sale_returns` (`generation`,`seq`);--> statement-breakpoint
CREATE INDEX `returns_by_date` ON `sale_returns` (`business_date`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `returns_by_shift` ON `sale_returns` (`shift_id`) WHERE shift_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `sale_tenders` (
	`sale_id` text NOT NULL,
	`id` text NOT NULL,
	`method` text NOT NULL,
	`amount` integer NOT NULL,
	`tendered` integer NOT NULL,
	`change` integer NOT NULL,
	`reference` text,
	`state` text NOT NULL,
	PRIMARY KEY(`sale_id`, `id`),
	FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sales` (
	`id` text PRIMARY KEY NOT NULL,
	`till_id` text NOT NULL,
	`shift_id` text,
	`receipt` text NOT NULL,
	`business_date` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`staff` text,
	`currency` text NOT NULL,
	`discounted` integer NOT NULL,
	`net` integer NOT NULL,
	`tax` integer NOT NULL,
	`total` integer NOT NULL,
	`tip` integer NOT NULL,
	`rounding` integer NOT NULL,
	`due` integer NOT NULL,
	`customer_id` text,
	`note` text,
	`intent` text NOT NULL,
	`generation` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sales_receipt_unique` ON `sales` (`receipt`);--> statement-breakpoint
CREATE INDEX `sales_by_date` ON `sales` (`business_date`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `sales_by_seq` ON `sales` (`generation`,`seq`);--> statement-breakpoint
CREATE INDEX `sales_by_shift` ON `sales` (`shift_id`) WHERE shift_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `stock_documents` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`party` text,
	`document` text,
	`intent` text,
	`occurred_at` integer NOT NULL,
	`staff` text,
	`generation` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stock_documents_by_time` ON `stock_documents` (`occurred_at`,`id`);--> statement-breakpoint
CREATE INDEX `stock_documents_by_number` ON `stock_documents` (`document`,`party`) WHERE document IS NOT NULL;--> statement-breakpoint
CREATE TABLE `stock_levels` (
	`product_id` text PRIMARY KEY NOT NULL,
	`on_hand` integer NOT NULL,
	`reserved` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stock_lots` (
	`id` text PRIMARY KEY NOT NULL,
	`product_id` text NOT NULL,
	`generation` integer NOT NULL,
	`seq` integer NOT NULL,
	`line` integer NOT NULL,
	`quantity` integer NOT NULL,
	`remaining` integer NOT NULL,
	`cost` integer,
	`lot_code` text,
	`expires_on` text,
	`supplier` text,
	`occurred_at` integer NOT NULL,
	CONSTRAINT "lots_remaining" CHECK(remaining BETWEEN 0 AND quantity)
);
--> statement-breakpoint
CREATE INDEX `lots_open` ON `stock_lots` (`product_id`) WHERE remaining > 0;--> statement-breakpoint
CREATE INDEX `lots_expiring` ON `stock_lots` (`expires_on`) WHERE remaining > 0;--> statement-breakpoint
CREATE INDEX `lots_by_product` ON `stock_lots` (`product_id`,`occurred_at`);--> statement-breakpoint
CREATE TABLE `stock_movements` (
	`generation` integer NOT NULL,
	`seq` integer NOT NULL,
	`line` integer NOT NULL,
	`product_id` text NOT NULL,
	`kind` text NOT NULL,
	`quantity` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	`sale_id` text,
	`movement_id` text,
	`document_id` text,
	`reason` text,
	`cost` integer,
	PRIMARY KEY(`generation`, `seq`, `line`)
);
--> statement-breakpoint
CREATE INDEX `movements_by_product` ON `stock_movements` (`product_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `movements_by_id` ON `stock_movements` (`movement_id`);--> statement-breakpoint
CREATE TABLE `tags` (
	`tag` text PRIMARY KEY NOT NULL,
	`product_id` text,
	`place` text,
	`booked_out` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tags_by_place` ON `tags` (`place`);--> statement-breakpoint
CREATE INDEX `tags_by_product` ON `tags` (`product_id`);--> statement-breakpoint
CREATE TABLE `voided_sales` (
	`id` text PRIMARY KEY NOT NULL,
	`till_id` text NOT NULL,
	`shift_id` text,
	`business_date` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`staff` text,
	`total` integer NOT NULL,
	`reason` text NOT NULL,
	`generation` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `voided_by_date` ON `voided_sales` (`business_date`);--> statement-breakpoint
CREATE INDEX `voided_by_seq` ON `voided_sales` (`generation`,`seq`);--> statement-breakpoint
CREATE INDEX `voided_by_shift` ON `voided_sales` (`shift_id`) WHERE shift_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `vouchers` (
	`id` text PRIMARY KEY NOT NULL,
	`sale_id` text,
	`line_id` text,
	`unit` integer,
	`first_id` text NOT NULL,
	`superseded` integer NOT NULL,
	`business_date` text NOT NULL,
	`product_id` text NOT NULL,
	`dispenser_id` text NOT NULL,
	`dispenser_number` integer NOT NULL,
	`slot` integer NOT NULL,
	`epoch` integer NOT NULL,
	`serial` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`cleared` text,
	`refunded` integer NOT NULL,
	`written_off` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `vouchers_by_sale` ON `vouchers` (`sale_id`);--> statement-breakpoint
CREATE INDEX `vouchers_by_serial` ON `vouchers` (`dispenser_id`,`serial`);--> statement-breakpoint
CREATE INDEX `vouchers_by_state` ON `vouchers` (`state`,`expires_at`);--> statement-breakpoint
CREATE INDEX `vouchers_without_sale` ON `vouchers` (`business_date`) WHERE sale_id IS NULL;--> statement-breakpoint
CREATE INDEX `vouchers_by_first` ON `vouchers` (`first_id`) WHERE sale_id IS NULL;--> statement-breakpoint
CREATE INDEX `vouchers_to_clear` ON `vouchers` (`dispenser_id`,`serial`) WHERE state IN ('expired', 'voided') AND cleared IS NOT 'acknowledged';--> statement-breakpoint
CREATE INDEX `vouchers_for_people` ON `vouchers` (`expires_at`,`id`) WHERE state = 'uncertain'
  OR (state IN ('expired', 'voided', 'failed') AND superseded = 0 AND refunded = 0)
  OR (state = 'dispensed' AND written_off = 0 AND (refunded = 1 OR superseded = 1));--> statement-breakpoint
CREATE TABLE `barcodes` (
	`code` text PRIMARY KEY NOT NULL,
	`product_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `barcodes_by_product` ON `barcodes` (`product_id`);--> statement-breakpoint
CREATE TABLE `categories` (
	`id` text PRIMARY KEY NOT NULL,
	`parent_id` text,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`archived` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `customers` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`person_id` text NOT NULL,
	`name` text,
	`phone` text,
	`email` text,
	`born_on` text
);
--> statement-breakpoint
CREATE INDEX `customers_by_phone` ON `customers` (`phone`);--> statement-breakpoint
CREATE INDEX `customers_by_email` ON `customers` (`email`);--> statement-breakpoint
CREATE TABLE `devices` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`kind` text NOT NULL,
	`number` integer,
	`name` text NOT NULL,
	`slots` text NOT NULL,
	`link` text,
	`config` text NOT NULL,
	`config_version` integer NOT NULL,
	`key_number` integer NOT NULL,
	`archived` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `directives` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`issued_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `prices` (
	`id` text PRIMARY KEY NOT NULL,
	`product_id` text NOT NULL,
	`currency` text NOT NULL,
	`amount` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `prices_by_product` ON `prices` (`product_id`,`currency`);--> statement-breakpoint
CREATE TABLE `product_availability` (
	`product_id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`available` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `products` (
	`row` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`sku` text NOT NULL,
	`name` text NOT NULL,
	`category_id` text,
	`unit` text NOT NULL,
	`quantity_scale` integer NOT NULL,
	`tax_class` text NOT NULL,
	`dispensable` integer NOT NULL,
	`stock_policy` text NOT NULL,
	`age_limit` integer,
	`issue_method` text NOT NULL,
	`low_stock_at` integer,
	`plu_code` text,
	`position` integer NOT NULL,
	`archived` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `products_id_unique` ON `products` (`id`);--> statement-breakpoint
CREATE INDEX `products_by_sku` ON `products` (sku COLLATE NOCASE);--> statement-breakpoint
CREATE INDEX `products_by_place` ON `products` (`position`,`name`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`pin_hash` text NOT NULL,
	`badge_hash` text,
	`active` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stores` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`country` text NOT NULL,
	`currency` text NOT NULL,
	`time_zone` text NOT NULL,
	`address` text,
	`environment` text NOT NULL,
	`settings` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tax_rates` (
	`id` text PRIMARY KEY NOT NULL,
	`country` text NOT NULL,
	`tax_class` text NOT NULL,
	`name` text NOT NULL,
	`rate` integer NOT NULL,
	`inclusive` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tax_rates_by_class` ON `tax_rates` (`country`,`tax_class`);