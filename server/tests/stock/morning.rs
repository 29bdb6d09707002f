//! What newly runs out is told once, in the morning of the shop, to the owners who want it, in their language.

use super::story::Story;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use duka::{
    ctx::Ctx,
    inventory::low_stock::{choose_mail, tell_this_morning},
    kernel::{
        access::{Actor, Role},
        id::{MailId, TenantId, UserId},
    },
    mail::letter,
};

struct Shop {
    story: Story,
    program: Ctx,
    owner: Ctx,
}

/// A shop with an English and a Swahili owner and somebody of the staff; it is half past six in Nairobi.
async fn half_past_six() -> Shop {
    let story = Story::begin().await;
    let now = story.platform.clock.now();
    story.platform.clock.advance(tomorrow_at(now, 3, 30) - now);
    let (tenant, user) = (story.tenant(), UserId::mint());
    for (id, email, role, locale) in [
        (user, "njeri@ours.test", "owner", "en"),
        (UserId::mint(), "wanjiru@ours.test", "owner", "sw"),
        (UserId::mint(), "otieno@ours.test", "staff", "en"),
    ] {
        story
            .write(&format!(
                "insert into users (tenant_id, id, email, name, role, locale) values ('{tenant}', '{id}', '{email}', 'Somebody', '{role}', '{locale}')"
            ))
            .await;
    }
    let program = Ctx::new(story.platform.clone(), tenant, Actor::Program);
    let owner = Ctx::new(story.platform.clone(), tenant, Actor::Member { user, role: Role::Owner });
    Shop { story, program, owner }
}

/// By the clock of Greenwich, three hours behind Nairobi's.
fn tomorrow_at(now: DateTime<Utc>, hour: u32, minute: u32) -> DateTime<Utc> {
    let day = now.date_naive() + TimeDelta::days(1);
    day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap()).and_utc()
}

impl Shop {
    fn wait(&self, hours: i64) {
        self.story.platform.clock.advance(TimeDelta::hours(hours));
    }
    async fn mails(&self) -> i64 {
        self.story.count("mails where kind = 'low_stock'").await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_morning_after_something_fell_low_each_owner_has_one_mail() {
    let shop = half_past_six().await;
    shop.story.set_stock(0, 0).await;
    assert_eq!(tell_this_morning(&shop.program).await.unwrap(), None, "not before seven");
    shop.wait(1);
    assert_eq!(tell_this_morning(&shop.program).await.unwrap(), Some(1));
    assert_eq!(tell_this_morning(&shop.program).await.unwrap(), None, "once a day");
    assert_eq!(shop.mails().await, 2, "owners, and nobody else");
    // Nothing new the next morning; something the one after; what came back may fall again.
    shop.wait(24);
    assert_eq!(tell_this_morning(&shop.program).await.unwrap(), Some(0));
    assert_eq!(shop.mails().await, 2);
    shop.story.set_stock(0, 8).await;
    shop.story.set_stock(1, 0).await;
    shop.wait(24);
    assert_eq!(tell_this_morning(&shop.program).await.unwrap(), Some(1));
    shop.story.set_stock(0, 0).await;
    shop.wait(24);
    assert_eq!(tell_this_morning(&shop.program).await.unwrap(), Some(1));
    assert_eq!(shop.mails().await, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_names_the_goods_in_the_readers_language() {
    let shop = half_past_six().await;
    shop.story.set_stock(0, 0).await;
    shop.wait(1);
    tell_this_morning(&shop.program).await.unwrap();
    for (email, subject, line) in [
        ("njeri@ours.test", "Shop mama-njeri: one thing is running out", "Kikoi, Blue: sold out"),
        ("wanjiru@ours.test", "Shop mama-njeri: bidhaa moja inakwisha", "Kikoi, Blue: zimeisha"),
    ] {
        let id: (uuid::Uuid,) = shop.story.row(&format!("select id from mails where recipient = '{email}'")).await;
        let found = open(&shop, id.0.into()).await.expect("there is something to say");
        let written = app::mail::write(&found, "https://duka.test");
        assert_eq!(written.subject, subject);
        assert!(written.plain.contains(line), "{}", written.plain);
        assert!(written.plain.contains("https://duka.test/dashboard/stock?filter=low"), "{}", written.plain);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_no_mail_has_none_also_when_it_waits_already() {
    let shop = half_past_six().await;
    choose_mail(&shop.owner, false).await.unwrap();
    choose_mail(&shop.owner, false).await.unwrap();
    assert_eq!(shop.story.count("audit_log where action = 'stock_mail_chosen'").await, 1);
    shop.story.set_stock(0, 0).await;
    shop.wait(1);
    assert_eq!(tell_this_morning(&shop.program).await.unwrap(), Some(1));
    assert_eq!(shop.story.count("mails where recipient = 'wanjiru@ours.test'").await, 1);
    assert_eq!(shop.mails().await, 1);
    let id: (uuid::Uuid,) = shop.story.row("select id from mails").await;
    shop.story.write("update users set stock_mail = false").await;
    assert!(open(&shop, id.0.into()).await.is_none());
    assert_eq!(shop.story.count("mails where status = 'dropped'").await, 1);
}

async fn open(shop: &Shop, mail: MailId) -> Option<letter::Letter> {
    let tenant: TenantId = shop.story.tenant();
    letter::open(&shop.story.platform, tenant, mail).await.unwrap()
}
