//! Asking for a code: by the number of an order and the phone it was placed with. Nobody learns whether they belong together.

use crate::{
    ctx::Ctx,
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        id::{MailId, ShopperCodeId},
        locale::Locale,
        phone::Phone,
        token::Token,
    },
    mail::kind::MailKind,
    tenancy::throttle,
};
use chrono::{DateTime, TimeDelta, Utc};

/// How long a code works.
pub const WORKS_FOR: TimeDelta = TimeDelta::minutes(10);
/// How far back is counted.
const COUNTED: TimeDelta = TimeDelta::hours(1);
/// Many phones share an address behind a mobile network's gateway.
const OF_ADDRESS: Brake = Brake { free: 20, step: 15, longest: 15 * 60 };
/// A flood slows a shop's shoppers down and shuts nobody out.
const OF_SHOP: Brake = Brake { free: 300, step: 1, longest: 60 };

/// How long the next one waits after so many: a step more for each above those that are free. In seconds.
struct Brake {
    free: i64,
    step: i64,
    longest: i64,
}

/// What was typed, as far as it can be read.
#[derive(Clone, Debug)]
pub struct Named {
    /// Of the order; zero is none.
    pub number: i64,
    /// Letters of the shop's prefix; empty when they were left out.
    pub prefix: String,
    pub phone: Phone,
}

/// What became of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whoever belongs to it is told a code; it works in the browser that holds this token.
    Told(Token),
    Wait {
        seconds: u32,
    },
}

/// What a phone's asking is counted by.
pub(super) fn phone_key(ctx: &Ctx, phone: &Phone) -> Vec<u8> {
    throttle::key("shopper's code:", &format!("{}|{}", ctx.tenant, phone.as_str()))
}

/// Sends a code to whoever placed that order, by SMS where the shop's texts leave and they did not say no to them, else by
/// mail. What is done, written and answered is the same when nobody did. `address` is where it is asked from; none for
/// a machine that may ask as often as it likes.
pub async fn ask_code(ctx: &Ctx, named: &Named, address: Option<&str>, locale: Locale) -> Result<Asked, AppError> {
    let asked_for = phone_key(ctx, &named.phone);
    let asker = throttle::key("shopper's address:", &format!("{}|{}", ctx.tenant, address.unwrap_or_default()));
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    // Or many who ask at the same moment would be told a code, and each may guess.
    if let Some(seconds) = throttle::take_turn(ctx, &mut tx, &asked_for).await? {
        return Ok(Asked::Wait { seconds });
    }
    let lately = sqlx::query!(
        r#"select count(*) as "of_shop!", max(created_at) as of_shop_at,
                  count(*) filter (where asker_hash = $3) as "of_address!",
                  max(created_at) filter (where asker_hash = $3) as of_address_at
           from shopper_codes
           where tenant_id = $1
             and created_at > $2"#,
        tx.tenant(),
        now - COUNTED,
        asker.as_slice()
    )
    .fetch_one(tx.conn())
    .await?;
    let of_address = OF_ADDRESS.wait(lately.of_address, lately.of_address_at, now).filter(|_| address.is_some());
    if let Some(seconds) = OF_SHOP.wait(lately.of_shop, lately.of_shop_at, now).max(of_address) {
        return Ok(Asked::Wait { seconds });
    }
    tx.note_sign_in_failure(&asked_for).await?;
    let token = Token::random();
    let job = Job::SendMail(MailId::mint());
    sqlx::query!(
        r#"with named as (
               select o.id, o.customer_id, c.locale,
                      case
                          when exists (
                                  select
                                  from sms_accounts a
                                  where a.tenant_id = $1
                                    and a.is_on
                                    and a.problem is null
                              )
                              and coalesce((
                                  select s.is_given
                                  from customer_consents s
                                  where s.tenant_id = $1
                                    and s.customer_id = c.id
                                    and s.channel = 'sms'
                                    and s.purpose = 'service'
                                  order by s.recorded_at desc, s.is_given
                                  limit 1
                              ), true)
                          then 'sms'
                          else 'mail'
                      end as channel
               from orders o
               join customers c on c.tenant_id = $1 and c.id = o.customer_id and c.phone = $3
               where o.tenant_id = $1
                 and o.order_number = $2
                 and o.customer_phone = $3
                 and o.token_hash is not null
                 and ($4 = '' or replace(o.number_prefix, '-', '') = $4)
           ), swept as (
               delete from shopper_codes
               where tenant_id = $1
                 and created_at < $9::timestamptz - interval '1 day'
           ), asked as (
               insert into shopper_codes (tenant_id, id, customer_id, order_id, channel, token_hash, asker_hash, expires_at,
                                          created_at, updated_at)
               select $1, $5, n.customer_id, n.id, coalesce(n.channel, 'mail'), $6, $7, $8, $9, $9
               from (select 1) one
               left join named n on true
               returning id, channel
           ), written as (
               insert into mails (tenant_id, id, kind, recipient, locale, subject_id, channel)
               select $1, $10, $11, 'buyer', coalesce((select n.locale from named n), $12), a.id, a.channel
               from asked a
               returning id
           )
           select enqueue_job($13, jsonb_build_object('subject', w.id), null, null)::text as told
           from written w"#,
        tx.tenant(),
        named.number,
        named.phone.as_str(),
        named.prefix.as_str(),
        ShopperCodeId::mint().uuid(),
        token.hash(),
        asker.as_slice(),
        now + WORKS_FOR,
        now,
        job.subject(),
        MailKind::SignInCode.as_str(),
        locale.tag(),
        job.kind()
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(Asked::Told(token))
}

impl Brake {
    fn wait(&self, asked: i64, last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<u32> {
        let pause = (asked - self.free + 1).max(0).saturating_mul(self.step).min(self.longest);
        let left = (last? + TimeDelta::seconds(pause) - now).num_seconds();
        (pause > 0 && left > 0).then(|| u32::try_from(left).unwrap_or(60))
    }
}

#[cfg(test)]
mod tests {
    use super::{OF_ADDRESS, OF_SHOP};
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn whoever_asks_often_waits_ever_longer_but_never_for_ever() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let ago = |seconds| Some(now - TimeDelta::seconds(seconds));
        assert_eq!(OF_ADDRESS.wait(0, None, now), None);
        assert_eq!(OF_ADDRESS.wait(19, ago(0), now), None);
        assert_eq!(OF_ADDRESS.wait(20, ago(0), now), Some(15));
        assert_eq!(OF_ADDRESS.wait(22, ago(5), now), Some(40));
        assert_eq!(OF_ADDRESS.wait(20, ago(15), now), None);
        assert_eq!(OF_ADDRESS.wait(1_000, ago(0), now), Some(900));
        assert_eq!((OF_SHOP.wait(299, ago(0), now), OF_SHOP.wait(10_000, ago(0), now)), (None, Some(60)));
    }
}
