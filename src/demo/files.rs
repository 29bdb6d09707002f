//! The demo's own files: each shop, and the people who bought there.

use super::SeedError;
use serde::{Deserialize, de::DeserializeOwned};
use std::{collections::BTreeMap, path::Path};

/// `<slug>/store.json`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct StoreFile {
    pub name: String,
    pub tagline_en: String,
    pub theme_color: String,
    pub contact_phone: String,
    pub whatsapp_number: String,
    pub area: String,
    pub address: String,
    pub categories: Vec<CategoryFile>,
    pub zones: Vec<ZoneFile>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct CategoryFile {
    pub name: String,
    pub slug: String,
    pub description: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct ZoneFile {
    /// The group of areas it belongs to.
    pub name: String,
    pub area: String,
    pub fee_shillings: i64,
    pub eta_minutes: i32,
    pub min_order_shillings: i64,
    pub is_default: bool,
    pub aliases: Vec<String>,
}

/// `people.json`: parts of names and places, combined freely.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct People {
    pub first_names: FirstNames,
    pub last_names: Vec<String>,
    /// `xxx` stands for three digits.
    pub phone_patterns: Vec<String>,
    pub email_domain: String,
    pub buildings: Vec<String>,
    pub doors: Vec<String>,
    /// Streets by area.
    pub places: BTreeMap<String, Vec<String>>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct FirstNames {
    pub women: Vec<String>,
    pub men: Vec<String>,
}

pub(super) fn read_store(folder: &Path, slug: &str) -> Result<StoreFile, SeedError> {
    parse(&folder.join(slug).join("store.json"))
}

pub(super) fn read_people(folder: &Path) -> Result<People, SeedError> {
    parse(&folder.join("people.json"))
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, SeedError> {
    std::fs::read(path).map_err(|fault| SeedError::File { path: path.display().to_string(), fault: fault.to_string() })
}

fn parse<T: DeserializeOwned>(path: &Path) -> Result<T, SeedError> {
    serde_json::from_slice(&read(path)?)
        .map_err(|fault| SeedError::File { path: path.display().to_string(), fault: fault.to_string() })
}
