//! Turns a picture from outside into our own WebP files; the only place that decodes one.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, imageops::FilterType, metadata::Orientation,
};
use serde::{Deserialize, Serialize};
use std::io::Cursor;

pub(super) const MOST_BYTES: usize = 8 * 1024 * 1024;
const MOST_PIXELS: u64 = 40_000_000;
const LONGEST_SIDE: u32 = 12_000;
/// What one picture may take while it is decoded, in bytes.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// What its dots may take: four bytes each for the largest. Some files of few bytes have eight for each.
const MOST_DECODED: u64 = 4 * MOST_PIXELS;

/// Each stored width in pixels, the bytes its file should stay under, and which of the qualities is tried first. Phones
/// draw the narrow ones with two or three dots to a point, where the last grain is not seen but waited for.
const WIDTHS: [(u32, usize, usize); 4] = [(360, 18_000, 1), (BETWEEN, 36_000, 1), (720, 60_000, 1), (1080, 170_000, 0)];
/// What most phones take of a product's first picture. The next narrower is drawn past it, from what is twice as wide.
const BETWEEN: u32 = 540;
const QUALITIES: [f32; 6] = [80.0, 70.0, 58.0, 46.0, 34.0, 20.0];
/// How hard the encoder tries, 0 to 6: twice as fast as its default for a twentieth more bytes.
const METHOD: i32 = 2;
const PLACEHOLDER_WIDTH: u32 = 12;
const PLACEHOLDER_BYTES: usize = 300;

/// A picture that we do not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum PictureProblem {
    #[error("is larger than 8 MiB")]
    TooHeavy,
    #[error("has more than 40 megapixels or a side longer than 12,000 pixels")]
    TooManyPixels,
    #[error("is no jpeg, png or webp picture")]
    UnknownKind,
    #[error("is damaged")]
    Damaged,
}

pub(super) struct Prepared {
    pub width: u16,
    pub height: u16,
    pub files: Vec<(u16, Vec<u8>)>,
    pub placeholder: String,
}

/// Decodes with limits, turns upright, and encodes every width the picture is wide enough for, but at least one.
/// Metadata stays behind.
pub(super) fn prepare(bytes: &[u8]) -> Result<Prepared, PictureProblem> {
    let picture = decode(bytes)?;
    let (width, height) = (picture.width(), picture.height());
    let mut files = Vec::new();
    // From wide to narrow, each drawn from the one before, past the one between: halving 720 to 360 is exact and
    // nearly free.
    let first_too_wide = WIDTHS.iter().position(|(wanted, ..)| *wanted > width).unwrap_or(WIDTHS.len());
    let mut drawn = picture;
    for (wanted, most, first) in WIDTHS[..first_too_wide.max(1)].iter().rev() {
        let wider = (*wanted == BETWEEN).then(|| drawn.clone());
        let fitting = scale(drawn, (*wanted).min(width))?;
        let size = u16::try_from(fitting.width()).map_err(|_| PictureProblem::TooManyPixels)?;
        files.push((size, encode_under(&fitting, *most, *first)?));
        drawn = wider.unwrap_or(fitting);
    }
    files.reverse();
    let placeholder = placeholder(drawn)?;
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| PictureProblem::TooManyPixels);
    Ok(Prepared { width: side(width)?, height: side(height)?, files, placeholder })
}

/// The longest side of each stored size of a logo in pixels, and the bytes its file should stay under.
const LOGO_SIDES: [(u32, usize); 2] = [(512, 60_000), (160, 12_000)];

/// The same limits for a logo: it fits into a square of each size, is never enlarged, and stays see-through.
pub(super) fn prepare_logo(bytes: &[u8]) -> Result<Prepared, PictureProblem> {
    let mut drawn = decode(bytes)?;
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| PictureProblem::TooManyPixels);
    let (width, height) = (side(drawn.width())?, side(drawn.height())?);
    let mut files: Vec<(u16, Vec<u8>)> = Vec::new();
    for (most_side, most_bytes) in LOGO_SIDES {
        let longest = drawn.width().max(drawn.height());
        if longest > most_side {
            drawn = if longest >= 2 * most_side {
                drawn.thumbnail(most_side, most_side)
            } else {
                drawn.resize(most_side, most_side, FilterType::Triangle)
            };
        } else if !files.is_empty() {
            break;
        }
        files.push((side(drawn.width())?, encode_under(&drawn, most_bytes, 0)?));
    }
    files.reverse();
    // Two sizes of a needle are the same width.
    files.dedup_by_key(|(width, _)| *width);
    Ok(Prepared { width, height, files, placeholder: String::new() })
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, PictureProblem> {
    let (format, upright) = look(bytes)?;
    if format == ImageFormat::Jpeg && !has_end(bytes) {
        return Err(PictureProblem::Damaged);
    }
    // Decoded by a function of the image crate itself, which is optimised where ours may not be.
    let mut picture = image::load_from_memory_with_format(bytes, format).map_err(|_| PictureProblem::Damaged)?;
    if let Some(upright) = upright {
        picture.apply_orientation(upright);
    }
    Ok(if picture.color().has_alpha() {
        DynamicImage::ImageRgba8(picture.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.into_rgb8())
    })
}

/// Does a jpeg go on to its end? The decoder paints what is missing of one grey.
fn has_end(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    // Segments say how long they are, up to the scan, in which a marker cannot stand by chance.
    while let [0xff, kind, high, low, ..] = *rest {
        if kind == 0xda {
            return rest.windows(2).any(|pair| pair == [0xff, 0xd9]);
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        // Between segments there may be padding.
        let skipped = if kind == 0xff { 1 } else { 2 + length };
        rest = rest.get(skipped..).unwrap_or_default();
    }
    false
}

/// Reads the head of the file only: kind, size and which way is up.
fn look(bytes: &[u8]) -> Result<(ImageFormat, Option<Orientation>), PictureProblem> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PictureProblem::UnknownKind)?;
    let Some(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) = reader.format() else {
        return Err(PictureProblem::UnknownKind);
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|fault| match fault {
        image::ImageError::Limits(_) => PictureProblem::TooManyPixels,
        _ => PictureProblem::Damaged,
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || width > LONGEST_SIDE || height > LONGEST_SIDE {
        return Err(PictureProblem::TooManyPixels);
    }
    if decoder.total_bytes() > MOST_DECODED {
        return Err(PictureProblem::TooManyPixels);
    }
    if width == 0 || height == 0 {
        return Err(PictureProblem::Damaged);
    }
    Ok((format, decoder.orientation().ok()))
}

fn scale(picture: DynamicImage, width: u32) -> Result<DynamicImage, PictureProblem> {
    if width == picture.width() {
        return Ok(picture);
    }
    let height = (u64::from(picture.height()) * u64::from(width)).div_ceil(u64::from(picture.width())).max(1);
    let height = u32::try_from(height).map_err(|_| PictureProblem::TooManyPixels)?;
    // Averaging whole blocks is exact from one half down; between that and the whole it would be jagged.
    let is_half_or_less = picture.width() >= 2 * width;
    Ok(if is_half_or_less {
        picture.thumbnail_exact(width, height)
    } else {
        picture.resize_exact(width, height, FilterType::Triangle)
    })
}

/// Lowers the quality, from the one with the number `first`, until the file is small enough; the lowest is taken as it
/// comes.
fn encode_under(picture: &DynamicImage, most: usize, first: usize) -> Result<Vec<u8>, PictureProblem> {
    let mut file = Vec::new();
    for quality in QUALITIES.into_iter().skip(first) {
        file = encode(picture, quality)?;
        if file.len() <= most {
            break;
        }
    }
    Ok(file)
}

fn encode(picture: &DynamicImage, quality: f32) -> Result<Vec<u8>, PictureProblem> {
    let (width, height) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        _ => return Err(PictureProblem::Damaged),
    };
    let mut settings = webp::WebPConfig::new().map_err(|()| PictureProblem::Damaged)?;
    settings.quality = quality;
    settings.method = METHOD;
    let file = encoder.encode_advanced(&settings).map_err(|_| PictureProblem::Damaged)?;
    Ok(file.to_vec())
}

fn placeholder(picture: DynamicImage) -> Result<String, PictureProblem> {
    let width = PLACEHOLDER_WIDTH.min(picture.width());
    let tiny = scale(picture, width)?;
    let data = |quality| encode(&tiny, quality).map(|file| format!("data:image/webp;base64,{}", STANDARD.encode(file)));
    let address = data(30.0)?;
    if address.len() <= PLACEHOLDER_BYTES {
        return Ok(address);
    }
    let address = data(1.0)?;
    // A very tall picture has no short one; without a placeholder it simply appears when it is there.
    Ok(if address.len() <= PLACEHOLDER_BYTES { address } else { String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageBuffer, Rgb};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let pixels =
            ImageBuffer::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, ((x * y) % 239) as u8]));
        let mut file = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(pixels).write_to(&mut file, ImageFormat::Png).expect("a png is written");
        file.into_inner()
    }

    #[test]
    fn a_wide_picture_comes_in_four_widths_and_the_smallest_is_light() {
        let ready = prepare(&png(1300, 1000)).expect("a picture");
        assert_eq!(ready.files.iter().map(|(width, _)| *width).collect::<Vec<_>>(), [360, 540, 720, 1080]);
        assert!(ready.files[0].1.len() <= 18_000, "{}", ready.files[0].1.len());
        assert!(ready.placeholder.len() <= 300);
        assert!(ready.placeholder.starts_with("data:image/webp;base64,"));
        assert_eq!((ready.width, ready.height), (1300, 1000));
    }

    #[test]
    fn a_picture_is_never_enlarged() {
        let widths =
            |w| prepare(&png(w, 50)).map(|ready| ready.files.into_iter().map(|(width, _)| width).collect::<Vec<_>>());
        assert_eq!(widths(100), Ok(vec![100]));
        assert_eq!(widths(360), Ok(vec![360]));
        assert_eq!(widths(500), Ok(vec![360]));
        assert_eq!(widths(600), Ok(vec![360, 540]));
        assert_eq!(widths(720), Ok(vec![360, 540, 720]));
    }

    #[test]
    fn a_logo_fits_into_its_square_and_stays_see_through() {
        let pixels = ImageBuffer::from_fn(1000, 400, |x, _| image::Rgba([200, 30, 30, if x < 500 { 0 } else { 255 }]));
        let mut file = Cursor::new(Vec::new());
        DynamicImage::ImageRgba8(pixels).write_to(&mut file, ImageFormat::Png).expect("a png is written");
        let ready = prepare_logo(&file.into_inner()).expect("a logo");
        assert_eq!(ready.files.iter().map(|(width, _)| *width).collect::<Vec<_>>(), [160, 512]);
        let drawn = image::load_from_memory(&ready.files[1].1).expect("a webp").into_rgba8();
        assert_eq!(drawn.dimensions(), (512, 205));
        assert_eq!((drawn.get_pixel(10, 100)[3], drawn.get_pixel(500, 100)[3]), (0, 255));
        let widths = |w, h| prepare_logo(&png(w, h)).map(|ready| ready.files.into_iter().map(|(w, _)| w).collect());
        assert_eq!(widths(300, 900), Ok::<Vec<u16>, _>(vec![53, 171]));
        assert_eq!(widths(64, 64), Ok(vec![64]));
        assert_eq!(widths(1, 2000), Ok(vec![1]));
    }

    /// The head of a picture with eight bytes for each dot, as large as it says it is.
    fn deep(width: u32, height: u32) -> Vec<u8> {
        let dot = ImageBuffer::from_pixel(1, 1, image::Rgba([1_u16, 2, 3, 4]));
        let mut file = Cursor::new(Vec::new());
        DynamicImage::ImageRgba16(dot).write_to(&mut file, ImageFormat::Png).expect("a png is written");
        let mut file = file.into_inner();
        file[16..20].copy_from_slice(&width.to_be_bytes());
        file[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = checksum(&file[12..29]);
        file[29..33].copy_from_slice(&sum.to_be_bytes());
        file
    }

    /// As a png has behind each of its parts.
    fn checksum(part: &[u8]) -> u32 {
        let step = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
        !part.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
    }

    #[test]
    fn a_small_file_that_would_fill_the_memory_is_refused_by_its_head() {
        assert_eq!(prepare(&deep(7_000, 5_000)).err(), Some(PictureProblem::TooManyPixels));
        assert_eq!(prepare(&deep(100, 100)).err(), Some(PictureProblem::Damaged), "its head is right");
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let problem = |bytes: &[u8]| prepare(bytes).err();
        assert_eq!(problem(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Some(PictureProblem::UnknownKind));
        assert_eq!(problem(b""), Some(PictureProblem::UnknownKind));
        let whole = png(64, 64);
        assert_eq!(problem(&whole[..whole.len() / 2]), Some(PictureProblem::Damaged));
        assert_eq!(problem(&png(12_001, 1)), Some(PictureProblem::TooManyPixels));
        let mut photo = Cursor::new(Vec::new());
        let pixels = ImageBuffer::from_fn(300, 200, |x, y| Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 9]));
        DynamicImage::ImageRgb8(pixels).write_to(&mut photo, ImageFormat::Jpeg).expect("a jpeg is written");
        let photo = photo.into_inner();
        assert_eq!(problem(&photo), None);
        assert_eq!(problem(&[photo.as_slice(), b"what a phone adds"].concat()), None);
        for left in [20, photo.len() / 2, photo.len() - 2] {
            assert_eq!(problem(&photo[..left]), Some(PictureProblem::Damaged), "{left}");
        }
    }
}
