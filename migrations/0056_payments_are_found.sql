-- Adds the indexes by which the list of all payments is filtered and a payment without an entry in the ledger is found.
-- Safe beside a running version: only indexes on a table that is still small.

create index payments_method_idx on payments (tenant_id, method, requested_at desc);
create index payments_status_idx on payments (tenant_id, status, requested_at desc);
