-- Lets money that was counted twice leave the inbox: a notice that nobody could place, of a prompt that asking had settled.
-- Safe beside a running version: a check that allows more than before.

alter table ledger_entries
    drop constraint ledger_entries_reason_known,
    add constraint ledger_entries_reason_known check (reason in ('received', 'assigned', 'excess', 'too_late', 'order_closed', 'credited', 'credit_used', 'refund_asked', 'refund_sent', 'refund_given_up', 'reversed', 'told_twice')) not valid;

comment on column ledger_entries.reason is 'Why it moved; told_twice: it was a prompt''s that had been counted already, and its payment has failed.';
