//! A merchant edits a page or a post: its words, its address, and from when on it is read.

use super::{
    FIELDS, PageForm, PageKind, PagePicture, PageState,
    page_form::{Reading, word},
    page_slugs,
    pictured::body_of_source,
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::PageId,
        local_time::LocalTime,
        moment_field::write_moment,
        typed::Typed,
    },
    tenancy::catalogue_version,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::json;
use sqlx::types::Json;

/// More HTML than this comes of no words that a person typed.
const LONGEST_HTML: usize = 400_000;

/// A page as its editor shows it.
#[derive(Clone, Debug)]
pub struct PageSheet {
    pub id: PageId,
    pub version: i32,
    pub kind: PageKind,
    pub title: String,
    pub slug: String,
    pub state: PageState,
    /// From when on it is read, by the shop's clock.
    pub published: Option<LocalTime>,
    /// What stands there, as a form would have it.
    pub typed: Typed,
    /// Its own, by their numbers; its text says where each is seen, if at all.
    pub pictures: Vec<PagePicture>,
    published_at: Option<DateTime<Utc>>,
}

impl PageSheet {
    /// Reads a form over this page without saving it.
    pub fn read(&self, typed: &Typed) -> Result<PageForm, FieldErrors> {
        PageForm::read(typed, &self.slug)
    }
}

/// The body that a form makes, as readers get it.
pub fn body_of(typed: &Typed) -> String {
    body_of_source(&typed.get("body").replace("\r\n", "\n"))
}

/// The page, for whoever may see the dashboard.
pub async fn load_page(ctx: &Ctx, id: PageId) -> Result<PageSheet, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    find(&mut tx, ctx.now(), id).await
}

pub(super) async fn find(tx: &mut TenantTx, now: DateTime<Utc>, id: PageId) -> Result<PageSheet, AppError> {
    let row = sqlx::query!(
        r#"select p.version, p.type as kind, p.title, p.slug, p.meta_description, p.body_source, p.is_indexable,
                  p.published_at, (p.published_at at time zone t.timezone) as published,
                  coalesce((
                      select jsonb_agg(to_jsonb(seen) order by seen.number)
                      from (
                          select i.id, i.number, i.alt_text, i.media_key, i.widths, i.width, i.height, i.placeholder
                          from page_pictures i
                          where i.tenant_id = $1
                            and i.page_id = p.id
                          order by i.number
                          limit 100
                      ) seen
                  ), '[]') as "pictures!: Json<Vec<PagePicture>>"
           from seo_pages p
           join tenants t on t.id = $1
           where p.tenant_id = $1
             and p.id = $2
             and p.type in ('blog', 'page')"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let kind = PageKind::parse(&row.kind).ok_or_else(|| DbError::corrupt("seo_pages.type", &row.kind))?;
    let state = PageState::of(row.published_at, now);
    let typed = Typed::default()
        .with("title", row.title.clone())
        .with("body", row.body_source)
        .with("state", word(state))
        .with("at", write_moment(row.published))
        .with("slug", row.slug.clone())
        .with("summary", row.meta_description.unwrap_or_default())
        .with("indexable", if row.is_indexable { "on" } else { "" });
    Ok(PageSheet {
        id,
        version: row.version,
        kind,
        title: row.title,
        slug: row.slug,
        state,
        published: row.published.map(LocalTime::from),
        typed,
        pictures: row.pictures.0,
        published_at: row.published_at,
    })
}

/// Saves a page that is still at `version`. A new address leaves the old one leading to it.
pub async fn edit_page(ctx: &Ctx, id: PageId, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditContent)?;
    let mut tx = ctx.tx().await?;
    let sheet = find(&mut tx, ctx.now(), id).await?;
    if sheet.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let form = sheet.read(typed).map_err(AppError::Invalid)?;
    let html = body_of_source(&form.body);
    let mut errors = FieldErrors::none();
    if html.chars().count() > LONGEST_HTML {
        errors.add("body", FieldProblem::TooLong);
    }
    if form.slug != sheet.slug && page_slugs::is_anothers(&mut tx, &form.slug, id).await? {
        errors.add("slug", FieldProblem::Taken);
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    write(ctx, &mut tx, &sheet, &form, &html).await?;
    if form.slug != sheet.slug {
        page_slugs::keep(&mut tx, &sheet.slug, id).await?;
    }
    let details =
        json!({ "version": version + 1, "fields": changed(&sheet.typed, typed), "state": typed.get("state") });
    tx.audit(ctx.actor, "page_edited", "seo_pages", id.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

async fn write(ctx: &Ctx, tx: &mut TenantTx, sheet: &PageSheet, form: &PageForm, html: &str) -> Result<(), AppError> {
    let (by_the_shops_clock, moment) = match form.from {
        Reading::Draft => (None, None),
        Reading::At(moment) => (Some(moment), None),
        // What is read already keeps its date.
        Reading::Now => (None, sheet.published_at.filter(|moment| *moment <= ctx.now()).or(Some(ctx.now()))),
    };
    let written = sqlx::query!(
        "update seo_pages p
         set title = $4, slug = $5, body = $6, body_source = $7, meta_description = $8, is_indexable = $9,
             published_at = coalesce($10::timestamp at time zone t.timezone, $11::timestamptz),
             version = p.version + 1, updated_at = $12
         from tenants t
         where p.tenant_id = $1
           and p.id = $2
           and p.version = $3
           and t.id = $1",
        tx.tenant(),
        sheet.id.uuid(),
        sheet.version,
        form.title,
        form.slug,
        html,
        form.body,
        form.summary,
        form.is_indexable,
        by_the_shops_clock as Option<NaiveDateTime>,
        moment as Option<DateTime<Utc>>,
        ctx.now()
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| {
        // Somebody took the address between the look and the writing.
        let fault = DbError::from(fault);
        if fault.constraint().is_some() { AppError::ChangedMeanwhile } else { fault.into() }
    })?;
    if written.rows_affected() == 1 { Ok(()) } else { Err(AppError::ChangedMeanwhile) }
}

/// The names of the fields that are other than they were.
fn changed(before: &Typed, now: &Typed) -> Vec<&'static str> {
    let differs = |field: &&&str| before.get(field).trim() != now.get(field).replace("\r\n", "\n").trim();
    FIELDS.iter().filter(differs).copied().collect()
}
