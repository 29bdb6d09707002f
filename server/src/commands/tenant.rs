//! `duka tenant`: a new merchant, and one that is suspended or let go on.

use super::{store, with_installation};
use anyhow::{Context as _, ensure};
use duka::{
    kernel::{email::Email, slug::Slug, token::Token},
    tenancy::{
        create_tenant::{NewTenant, create_tenant},
        standing::{self, TenantStatus, set_status},
    },
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

/// Closes the shops of a merchant to shoppers, or lets them in again. Running servers notice within half a minute.
pub async fn stand(store_slug: &str, status: TenantStatus) -> anyhow::Result<()> {
    with_installation(async |installation| {
        let (ctx, _) = store(installation, store_slug).await?;
        let is_other = set_status(installation.ops()?, ctx.tenant, status).await?;
        let stands = standing::load(&installation.app, ctx.tenant).await?.status;
        ensure!(stands == status, "the merchant of {store_slug} is {} for good: nothing was changed", stands.as_str());
        let word = if is_other { "is" } else { "was already" };
        println!("the merchant of {store_slug} {word} {}", status.as_str());
        Ok(())
    })
    .await
}
