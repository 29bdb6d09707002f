//! `duka customer`: a person's data out, or gone.

use super::{print_long, store, with_installation};
use anyhow::{Context as _, bail};
use duka::{
    customers::privacy::{erase::erase, export::export},
    kernel::phone::Phone,
};

fn phone(typed: &str) -> anyhow::Result<Phone> {
    Phone::parse(typed).context("--phone: a Kenyan mobile number, please, such as 0711 223 344")
}

/// Prints everything that a merchant keeps of a person, as JSON.
pub async fn take_out(slug: &str, typed: &str) -> anyhow::Result<()> {
    let phone = phone(typed)?;
    let found = with_installation(async |installation| {
        let (ctx, _) = store(installation, slug).await?;
        Ok(export(&ctx, &phone).await?)
    })
    .await?;
    let Some(found) = found else { bail!("{}", unknown(slug)) };
    print_long(&serde_json::to_string_pretty(&found)?)?;
    Ok(())
}

/// Takes everything of a person away that no duty keeps.
pub async fn take_away(slug: &str, typed: &str) -> anyhow::Result<()> {
    let phone = phone(typed)?;
    let erased = with_installation(async |installation| {
        let (ctx, _) = store(installation, slug).await?;
        let operator = installation.operator()?;
        let done = erase(&operator, ctx.tenant, &phone).await;
        operator.close().await;
        Ok(done?)
    })
    .await?;
    let Some(erased) = erased else { bail!("{}", unknown(slug)) };
    println!(
        "erased: {} rows changed, {} removed; amounts, tax and order numbers stay as the law wants them",
        erased.changed, erased.removed
    );
    Ok(())
}

fn unknown(slug: &str) -> String {
    format!("the merchant of `{slug}` knows nobody with this phone number")
}
