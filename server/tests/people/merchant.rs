//! A member of a merchant's team in front of a browser.

use crate::world::{Browser, PLATFORM, World};
use duka::{
    db::testing::Shop,
    kernel::{
        access::Role,
        id::{SessionId, UserId},
        token::Token,
    },
};

pub struct Member<'w> {
    pub browser: Browser<'w>,
    pub user: UserId,
    pub session: SessionId,
}

/// Somebody of that role, signed in a moment ago.
pub async fn member<'w>(world: &'w World, shop: &Shop, role: Role) -> Member<'w> {
    let (user, session, token) = (UserId::mint(), SessionId::mint(), Token::random());
    let (tenant, hash, email) = (shop.tenant, token.hash_hex(), format!("{user}@duka.test"));
    world
        .sql(&format!(
            "insert into users (tenant_id, id, email, name, role) values ('{tenant}', '{user}', '{email}', 'Person {}', '{}');
             insert into sessions (tenant_id, id, user_id, token_hash) values ('{tenant}', '{session}', '{user}', '\\x{hash}')",
            role.as_str(),
            role.as_str()
        ))
        .await;
    let browser = Browser::new(world, PLATFORM).with_cookie("duka_session", &token.hex());
    Member { browser, user, session }
}
