-- Checks the words of the ledger that were there before against the longer list.
-- Safe beside a running version: it only reads.

alter table inventory_movements validate constraint inventory_movements_reference_known;
