-- Lets what came of registering at M-Pesa, and of reading its list without news, stand beside what it told by itself.
-- Safe beside a running version: a check that allows more than before.

alter table mpesa_callbacks_raw
    drop constraint mpesa_callbacks_raw_kind_known,
    add constraint mpesa_callbacks_raw_kind_known check (kind in ('stk', 'c2b_validation', 'c2b_confirmation', 'refund_result', 'refund_timeout', 'ask_result', 'ask_timeout', 'pull', 'registration', 'card', 'sms', 'delivery', 'result', 'timeout')) not valid;

comment on table mpesa_callbacks_raw is 'What providers sent us, word for word; and of the calls that are about no payment, what they came to.';
comment on column mpesa_callbacks_raw.raw_body is 'The body as text; what is no text in it is replaced, and exact in payload. Null where a list had no news.';
