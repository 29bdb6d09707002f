//! `duka tenant create`: a new merchant.

use super::with_installation;
use anyhow::Context as _;
use duka::{
    kernel::{email::Email, slug::Slug, token::Token},
    tenancy::create_tenant::{NewTenant, create_tenant},
};

/// Makes merchant, store and owner; the owner's first password is printed and kept nowhere.
pub async fn create(name: &str, store_slug: &str, owner_email: &str) -> anyhow::Result<()> {
    let slug = Slug::parse(store_slug)
        .with_context(|| format!("`{store_slug}` cannot be a label in an address: small letters, digits and dashes"))?;
    let email = Email::parse(owner_email).with_context(|| format!("`{owner_email}` is no e-mail address"))?;
    let password = Token::random().hex()[..20].to_owned();
    with_installation(async |installation| {
        let wanted = NewTenant {
            name: name.trim().to_owned(),
            store_slug: slug,
            owner_email: email,
            password: password.clone(),
        };
        create_tenant(&installation.app, wanted).await?;
        println!("{}", duka::tenancy::address::shop_url(&installation.app.base_url, store_slug));
        println!("{owner_email} signs in with the password {password}");
        Ok(())
    })
    .await
}
