//! A shop behind the real router, with somebody of every role, a neighbour, and orders in any state.

use super::{
    browser::{Browser, PASSWORD},
    story::Story,
};
use duka::{
    catalog::media::MediaStore,
    checkout::{forms::CheckoutForm, place_order::Placed},
    ctx::{Ctx, Platform},
    kernel::{
        access::{Actor, Role},
        id::{OrderId, TenantId, UserId},
    },
    tenancy::password,
};
use server::{
    config::Config,
    router::{Guarded, router},
    site::Site,
    state::App,
};
use std::sync::Arc;

pub struct Behind {
    pub story: Story,
    pub router: Guarded,
    pub owner: Ctx,
    pub staff: Ctx,
    pub viewer: Ctx,
    /// Another merchant's owner.
    pub stranger: Ctx,
}

pub async fn site() -> Behind {
    // Pages of the dashboard run on it.
    let _ = any_spawner::Executor::init_tokio();
    let story = Story::begin().await;
    let hash = password::hash(PASSWORD).await.unwrap();
    let mut people = Vec::new();
    for role in [Role::Owner, Role::Staff, Role::Viewer] {
        let email = format!("{}@ours.test", role.as_str());
        people.push(person(&story, story.tenant(), &email, role, &hash).await);
    }
    let neighbour = story.stranger().await;
    let stranger = person(&story, neighbour.tenant(), "owner@theirs.test", Role::Owner, &hash).await;
    let platform = Arc::new(Platform { base_url: "http://localhost:3000".into(), ..(*story.platform).clone() });
    let media = MediaStore::open(&format!("file://{}", std::env::temp_dir().display())).unwrap();
    let app = App::new(Arc::new(Config::bare(std::env::temp_dir())), platform, media, Site::open(None).unwrap(), false);
    let mut people = people.into_iter();
    let (owner, staff, viewer) = (people.next().unwrap(), people.next().unwrap(), people.next().unwrap());
    Behind { story, router: router(app), owner, staff, viewer, stranger }
}

async fn person(story: &Story, tenant: TenantId, email: &str, role: Role, hash: &str) -> Ctx {
    let user = UserId::mint();
    sqlx::query("insert into users (tenant_id, id, email, role, password_hash) values ($1, $2, $3, $4, $5)")
        .bind(tenant.uuid())
        .bind(user.uuid())
        .bind(email)
        .bind(role.as_str())
        .bind(hash)
        .execute(&story.everything)
        .await
        .unwrap();
    Ctx::new(story.platform.clone(), tenant, Actor::Member { user, role })
}

impl Behind {
    pub async fn signed_in(&self, email: &str) -> Browser<'_> {
        let mut browser = Browser::on(&self.router);
        browser.sign_in(email).await;
        browser
    }

    /// An order in cash for so many of the first and second good, not accepted yet.
    pub async fn cash_order(&self, lines: &[(usize, i32)], shillings: i64) -> Placed {
        let cart = self.story.cart(lines).await;
        let form = CheckoutForm { payment_method: "cod".into(), ..self.story.form(shillings) };
        self.story.place(&cart, form).await.unwrap()
    }

    pub async fn number_of(&self, order: OrderId) -> i64 {
        self.story.row::<(i64,)>(&format!("select order_number from orders where id = '{order}'")).await.0
    }

    /// Status, state of its money and version.
    pub async fn standing(&self, order: OrderId) -> (String, String, i32) {
        self.story.row(&format!("select status, payment_status, version from orders where id = '{order}'")).await
    }

    /// Stock of the first or second good.
    pub async fn stock(&self, good: usize) -> i32 {
        let variant = self.story.shop.variants[good];
        self.story.row::<(i32,)>(&format!("select stock_quantity from product_variants where id = '{variant}'")).await.0
    }

    /// Everything that a verb of this area could have changed, as one line.
    pub async fn picture(&self) -> String {
        let rest = super::shop::picture(&self.story).await;
        let more: (String,) = self
            .story
            .row(
                "select concat_ws(' ', (select count(*) from orders), (select count(*) from order_notes),
                     (select string_agg(concat_ws(':', id, tags), ' ' order by id) from orders),
                     (select string_agg(concat_ws(':', id, released_at is null, converted_at is null), ' ' order by id) from stock_holds),
                     (select count(*) from payments), (select count(*) from payment_intents where status = 'open'))",
            )
            .await;
        format!("{rest} {}", more.0)
    }
}

/// The value of a hidden field.
pub fn field(html: &str, name: &str) -> String {
    let at = html.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("the page has no field {name}:\n{html}"));
    let tag = &html[html[..at].rfind('<').unwrap()..];
    let tag = &tag[..tag.find('>').unwrap()];
    tag.split(" value=\"").nth(1).unwrap_or_default().split('"').next().unwrap_or_default().to_owned()
}
