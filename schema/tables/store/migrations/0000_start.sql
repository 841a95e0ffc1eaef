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
	`opened_at` integer NOT NULL
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
CREATE TABLE `devices` (
	`id` text PRIMARY KEY NOT NULL,
	`driver` text NOT NULL,
	`root_key` text NOT NULL,
	`paired_at` integer NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE `shape_cursors` (
	`shape` text PRIMARY KEY NOT NULL,
	`handle` text NOT NULL,
	`offset` text NOT NULL,
	`complete` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `till_tokens` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`till_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`till_id`) REFERENCES `tills`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `tills` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`paired_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tills_code_unique` ON `tills` (`code`);--> statement-breakpoint
CREATE TABLE `answered_directives` (
	`directive_id` text PRIMARY KEY NOT NULL,
	`fact_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `receipt_series` (
	`series` text PRIMARY KEY NOT NULL,
	`last` integer NOT NULL
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
	`net` integer NOT NULL,
	`tax` integer NOT NULL,
	`total` integer NOT NULL,
	`dispensable` integer NOT NULL,
	PRIMARY KEY(`sale_id`, `line`),
	FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sale_tenders` (
	`sale_id` text NOT NULL,
	`id` text NOT NULL,
	`method` text NOT NULL,
	`amount` integer NOT NULL,
	`tendered` integer NOT NULL,
	`change` integer NOT NULL,
	PRIMARY KEY(`sale_id`, `id`),
	FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sales` (
	`id` text PRIMARY KEY NOT NULL,
	`till_id` text NOT NULL,
	`receipt` text NOT NULL,
	`business_date` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`staff` text,
	`currency` text NOT NULL,
	`net` integer NOT NULL,
	`tax` integer NOT NULL,
	`total` integer NOT NULL,
	`rounding` integer NOT NULL,
	`due` integer NOT NULL,
	`intent` text NOT NULL,
	`generation` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sales_receipt_unique` ON `sales` (`receipt`);--> statement-breakpoint
CREATE INDEX `sales_by_date` ON `sales` (`business_date`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `sales_by_seq` ON `sales` (`generation`,`seq`);--> statement-breakpoint
CREATE TABLE `stock_levels` (
	`product_id` text PRIMARY KEY NOT NULL,
	`on_hand` integer NOT NULL,
	`reserved` integer NOT NULL
);
--> statement-breakpoint
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
	`reason` text,
	PRIMARY KEY(`generation`, `seq`, `line`)
);
--> statement-breakpoint
CREATE INDEX `movements_by_product` ON `stock_movements` (`product_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `movements_by_id` ON `stock_movements` (`movement_id`);--> statement-breakpoint
CREATE TABLE `vouchers` (
	`id` text PRIMARY KEY NOT NULL,
	`sale_id` text,
	`line_id` text,
	`product_id` text NOT NULL,
	`dispenser_id` text NOT NULL,
	`dispenser_number` integer NOT NULL,
	`slot` integer NOT NULL,
	`epoch` integer NOT NULL,
	`serial` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `vouchers_by_sale` ON `vouchers` (`sale_id`);--> statement-breakpoint
CREATE INDEX `vouchers_by_serial` ON `vouchers` (`dispenser_id`,`serial`);--> statement-breakpoint
CREATE INDEX `vouchers_by_state` ON `vouchers` (`state`,`expires_at`);--> statement-breakpoint
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
CREATE TABLE `directives` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`issued_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `dispensers` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`slots` text NOT NULL,
	`archived` integer NOT NULL
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
	`position` integer NOT NULL,
	`archived` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `products_id_unique` ON `products` (`id`);--> statement-breakpoint
CREATE INDEX `products_by_sku` ON `products` (`sku`);--> statement-breakpoint
CREATE TABLE `stores` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`country` text NOT NULL,
	`currency` text NOT NULL,
	`time_zone` text NOT NULL,
	`language` text NOT NULL,
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