//! The pictures of one product of a file: those that are new, what is said of those that are there, and whose they are.

use super::{
    column::Column as C,
    match_variants::Told,
    pictures,
    plan::Plan,
    remark::Remark,
    write::{Item, Stored},
    write_rows::ImageRow,
};
use crate::{catalog::pictures::MOST, kernel::id::ImageId};
use std::collections::HashMap;
use uuid::Uuid;

/// Adds pictures that the product does not have yet, says of the others what the file says of them, and gives each
/// variant its own, as far as there is room. Never takes one away.
pub(super) fn put_images(
    plan: &mut Plan,
    item: &Item<'_>,
    there: &Stored<'_>,
    product: Uuid,
    variants: &[Option<Uuid>],
    messages: &mut Vec<Told>,
) -> bool {
    let draft = item.draft;
    let mut changed = false;
    let mut place = i32::try_from(there.images.len()).unwrap_or(0);
    let mut added: HashMap<String, Uuid> = HashMap::new();
    let mut met: Vec<Uuid> = Vec::new();
    for (nth, (picture, named)) in item.pictures.iter().zip(&draft.pictures).enumerate() {
        let known = there.images.iter().find(|image| match picture {
            Some(stored) => image.key.as_deref() == Some(&stored.key),
            None => image.source.as_deref() == Some(&named.src) || image.url == named.src,
        });
        let showing: Vec<Uuid> = draft
            .variants
            .iter()
            .zip(variants)
            .filter(|(variant, _)| variant.picture == Some(nth))
            .filter_map(|(_, id)| *id)
            .collect();
        let image = match (known, picture) {
            (Some(known), _) => {
                // What a picture was called first counts, and what came with it the first time is not said again.
                let is_first = !item.only_pictures && !met.contains(&known.id);
                if let Some(alt) = named
                    .alt
                    .as_ref()
                    .filter(|alt| is_first && known.alt.as_deref().map(str::trim) != Some(alt.as_str()))
                {
                    plan.described.push((known.id, alt.clone()));
                    changed = true;
                }
                met.push(known.id);
                known.id
            }
            (None, None) => continue,
            (None, Some(stored)) => match added.get(&stored.key) {
                Some(image) => *image,
                None if there.images.len() + added.len() >= MOST => {
                    messages.push((named.row, Some(C::ImageSrc), Remark::TooManyPictures { most: MOST }));
                    continue;
                }
                None => {
                    // A picture of exactly one variant is that variant's.
                    let only = if let [only] = showing[..] { Some(only) } else { None };
                    let alt = named.alt.as_deref().unwrap_or(&draft.name);
                    let source = pictures::is_address(&named.src).then(|| named.src.clone());
                    let id = ImageId::mint().uuid();
                    plan.images.push(ImageRow::of(id, product, only, stored, alt, place, source));
                    added.insert(stored.key.clone(), id);
                    place += 1;
                    changed = true;
                    id
                }
            },
        };
        for variant in showing {
            let shows = there.variants.iter().find(|known| known.id == variant).and_then(|known| known.image);
            if shows != Some(image) {
                plan.shown.push((variant, image));
                changed = true;
            }
        }
    }
    changed
}
