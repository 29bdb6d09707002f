-- Says how a callback that is no JSON is kept: to the byte.
-- Safe beside a running version: comments only.

comment on column mpesa_callbacks_raw.payload is 'The body as JSON; one that is none stands in base64 under not_json, to the byte.';
comment on column mpesa_callbacks_raw.raw_body is 'The body as text; what is no text in it is replaced, and exact in payload.';
