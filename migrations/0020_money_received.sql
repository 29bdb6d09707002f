-- Adds the index by which the money received on a day is found.
-- Safe beside a running version: only an index on a table that is still small.

create index payments_received_idx on payments (tenant_id, completed_at) where status = 'succeeded';
