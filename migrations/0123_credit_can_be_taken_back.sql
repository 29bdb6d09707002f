-- Lets a customer's credit go back into the inbox: the number was wrong, or the money is to go another way.
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
