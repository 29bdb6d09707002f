-- Lets a customer's credit go back into the inbox: the number was wrong, or the money is to go another way; and a card
-- payment that its bank asks back stand among the gaps that wait for a person.
-- Safe beside a running version: checks that allow more than before.

alter table ledger_entries
    drop constraint ledger_entries_reason_known,
    add constraint ledger_entries_reason_known check (reason in ('received', 'assigned', 'excess', 'too_late', 'order_closed', 'credited', 'credit_used', 'credit_taken_back', 'refund_asked', 'refund_sent', 'refund_given_up', 'reversed', 'told_twice')) not valid;

alter table payment_audit
    drop constraint payment_audit_event_type_known,
    add constraint payment_audit_event_type_known check (event_type in (
        'initiated', 'callback_received', 'reconciled', 'refunded', 'requested', 'succeeded', 'failed', 'overpaid', 'mismatched',
        'assigned', 'credited', 'credit_taken_back', 'asked', 'answered', 'refund_asked', 'refund_failed', 'reversed'
    )) not valid;

alter table close_gaps
    drop constraint close_gaps_kind_known,
    add constraint close_gaps_kind_known check (kind in ('not_listed', 'not_taken', 'amount', 'disputed')) not valid;

comment on column close_gaps.kind is 'not_listed: ours, and the list does not have it; not_taken: on the list, and it could not be taken; amount: the two sums differ; disputed: a card''s bank asks for it back.';
