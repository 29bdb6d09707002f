//! Everything that a store sells as a file in Duka's own columns, which imports again unchanged.
//!
//! A few products at a time are in memory; the file has what products cost the merchant, so whoever may not see that
//! gets none.

mod load;
mod table;

use super::import::joined_path;
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, id::StoreId},
};
use load::{Category, load_categories, load_page};
use serde_json::json;
use std::collections::HashMap;
use table::{header, write_product};
use uuid::Uuid;

/// How a picture is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureNames {
    /// `pictures/….webp`, beside the file.
    Files,
    /// Where it is served; the platform's own address comes first.
    Addresses(String),
}

/// An export under way.
#[derive(Debug)]
pub struct Export {
    ctx: Ctx,
    store: StoreId,
    names: PictureNames,
    categories: HashMap<Uuid, String>,
    /// The last product that was written.
    after: Option<Uuid>,
    is_begun: bool,
    products: usize,
    /// Pictures of the last part: where they lie in the store.
    pictures: Vec<String>,
}

/// Begins the export of a store, and writes down that somebody took everything out.
pub async fn export(ctx: &Ctx, store: StoreId, names: PictureNames) -> Result<Export, AppError> {
    ctx.require(Permission::EditPrices)?;
    let mut tx = ctx.tx().await?;
    load::expect_store(&mut tx, store).await?;
    let categories = paths(&load_categories(&mut tx).await?);
    tx.audit(ctx.actor, "products_exported", "stores", store.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(Export {
        ctx: ctx.clone(),
        store,
        names,
        categories,
        after: None,
        is_begun: false,
        products: 0,
        pictures: Vec::new(),
    })
}

impl Export {
    /// The next part of the file; none when it is whole.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        let mut part = csv::Writer::from_writer(Vec::new());
        if !self.is_begun {
            part.write_record(header()).map_err(AppError::broken)?;
        }
        let mut tx = self.ctx.tx().await?;
        let page = load_page(&mut tx, self.store, self.after).await?;
        drop(tx);
        if page.is_empty() && self.is_begun {
            return Ok(None);
        }
        self.is_begun = true;
        self.pictures.clear();
        for product in &page {
            let category = product.category.and_then(|id| self.categories.get(&id)).map_or("", String::as_str);
            write_product(&mut part, product, category, &self.names, &mut self.pictures).map_err(AppError::broken)?;
            self.after = Some(product.id);
        }
        self.products += page.len();
        part.into_inner().map(Some).map_err(AppError::broken)
    }

    /// Where the pictures of the last part lie in the media store.
    pub fn pictures(&self) -> &[String] {
        &self.pictures
    }

    /// Products that are written so far.
    pub const fn products(&self) -> usize {
        self.products
    }
}

/// Each category's way from the root.
fn paths(categories: &[Category]) -> HashMap<Uuid, String> {
    let by_id: HashMap<Uuid, &Category> = categories.iter().map(|category| (category.id, category)).collect();
    let path = |category: &Category| {
        let mut names = vec![category.name.as_str()];
        let mut at = category.parent;
        // A loop cannot be written, and would not be followed for ever.
        while let Some(above) = at.and_then(|id| by_id.get(&id)).filter(|_| names.len() < 20) {
            names.push(&above.name);
            at = above.parent;
        }
        names.reverse();
        joined_path(&names)
    };
    categories.iter().map(|category| (category.id, path(category))).collect()
}
