-- Remembers since when an account's e-mail is known to be its owner's: a link that was sent there was opened.
-- Safe beside a running version: the column may be empty, and an older version leaves it as it is. Whoever signed up
-- before is asked on the page of their account, and nothing waits for it.

alter table users add column email_proved_at timestamptz;

grant insert (email_proved_at), update (email_proved_at) on users to duka_app, duka_worker;

comment on column users.email_proved_at is 'Since when a link that was sent to the e-mail has been opened; null until then.';
