//! Forms of a page as a browser reads them: every field with what stands in it, some typed anew, and sent.

use crate::world::{Answer, Browser, World};
use duka::db::testing::Shop;

/// A form with its fields in the order of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled(pub Vec<(String, String)>);

impl Filled {
    /// The form of a page that is sent to `action`.
    #[track_caller]
    pub fn of(html: &str, action: &str) -> Self {
        let mark = format!("action=\"{action}\"");
        let at = html.find(&mark).unwrap_or_else(|| panic!("no form is sent to {action}: {html}"));
        let rest = &html[at..];
        let form = &rest[..rest.find("</form>").expect("a form ends")];
        let mut fields = Vec::new();
        for (start, _) in form.match_indices('<') {
            let piece = &form[start..];
            let tag = &piece[..piece.find('>').expect("a tag ends")];
            let Some(name) = attribute(tag, "name") else { continue };
            if tag.starts_with("<input") {
                let is_box = tag.contains("type=\"checkbox\"");
                if !is_box || tag.contains(" checked") {
                    fields.push((name, attribute(tag, "value").unwrap_or_default()));
                }
            } else if tag.starts_with("<textarea") {
                let text = &piece[tag.len() + 1..piece.find("</textarea>").expect("a text box ends")];
                fields.push((name, plain(text)));
            } else if tag.starts_with("<select") {
                let list = &piece[..piece.find("</select>").expect("a list ends")];
                let options: Vec<&str> = list.split("<option").skip(1).collect();
                let chosen = options.iter().find(|option| option.split('>').next().unwrap().contains(" selected"));
                let value = chosen.or(options.first()).and_then(|option| attribute(option, "value"));
                fields.push((name, value.unwrap_or_default()));
            }
        }
        Self(fields)
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.0.iter_mut().find(|(field, _)| field == name) {
            Some(field) => value.clone_into(&mut field.1),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// As a box that is not ticked any more.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(field, _)| field != name);
        self
    }

    #[track_caller]
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        &found.unwrap_or_else(|| panic!("the form has no field {name}: {self:?}")).1
    }

    pub async fn send(&self, browser: &mut Browser<'_>, path: &str) -> Answer {
        let fields: Vec<(&str, &str)> = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(path, &fields).await
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
    Some(plain(rest.split('"').next()?))
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&amp;", "&")
}

/// The sentence under a field.
pub fn problem(html: &str, field: &str) -> String {
    let after = html.split(&format!("id=\"p-{field}\"")).nth(1).and_then(|rest| rest.split_once('>'));
    after.and_then(|(_, rest)| rest.split('<').next()).unwrap_or_default().to_owned()
}

/// Everything that a form of the catalogue could have changed, as one text.
pub async fn picture(world: &World) -> String {
    let tables = [
        "products",
        "product_variants",
        "product_images",
        "categories",
        "former_product_slugs",
        "former_category_slugs",
        "seo_pages",
        "former_page_slugs",
        "page_pictures",
        "inventory_movements",
        "tenants",
        "audit_log",
    ];
    let each = tables
        .map(|table| format!("(select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from {table} t)"));
    text(world, &format!("select concat_ws(E'\\n--\\n', {})", each.join(", "))).await
}

/// One text, seen by somebody who sees everything.
pub async fn text(world: &World, query: &str) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(query.to_owned())).fetch_one(&mut everything).await.unwrap()
}

/// Makes the shop's one product a plain one: a single variant without options.
pub async fn make_plain(world: &World, shop: &Shop) {
    world
        .sql(&format!(
            "delete from inventory_movements where variant_id = '{}';
             delete from product_variants where id = '{}';
             update product_variants set name = '', attributes = '{{}}' where id = '{}';
             update products set option_names = '{{}}' where id = '{}'",
            shop.variants[1], shop.variants[1], shop.variants[0], shop.product
        ))
        .await;
}
