//! What a merchant says of a store to search engines.

use serde::{Deserialize, Serialize};

/// What stands in `stores.seo_settings`; what is left out is made from the shop's name and line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoreSeo {
    /// Of the front page.
    pub title: Option<String>,
    /// Of the front page.
    pub description: Option<String>,
    /// Whether search engines may list the shop at all.
    pub is_indexable: bool,
}

impl Default for StoreSeo {
    fn default() -> Self {
        Self { title: None, description: None, is_indexable: true }
    }
}

impl StoreSeo {
    /// What is stored; one that cannot be read is no reason to show no shop.
    pub fn stored(json: &serde_json::Value) -> Self {
        let read = Self::deserialize(json).unwrap_or_default();
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Self { title: said(read.title), description: said(read.description), ..read }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_shop_is_listed_until_its_merchant_says_otherwise() {
        let read = |json| StoreSeo::stored(&json);
        assert_eq!(read(json!({})), StoreSeo::default());
        assert_eq!(read(json!({ "title": " ", "is_indexable": "maybe" })), StoreSeo::default());
        assert!(read(json!({ "title": "Kiondo baskets", "picture": "/x" })).is_indexable);
        assert!(!read(json!({ "is_indexable": false })).is_indexable);
    }
}
