-- Search offline by any part of a name or code, and with a slip of the finger: an index of trigrams beside the products.
CREATE VIRTUAL TABLE product_search USING fts5(name, sku, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1');
