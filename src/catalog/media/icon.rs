//! A shop's sign as PNG in the sizes that phones ask for: its logo on white, or a letter on its colour.

use super::{MediaError, MediaStore, NotStored, PictureProblem};
use crate::kernel::colour::Colour;
use image::{
    DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::png::{CompressionType, FilterType as Prediction, PngEncoder},
    imageops::{self, FilterType},
};

/// Parts of a pixel that a place is told in.
const PART: i64 = 256;
/// Lines across a pixel along which a letter is measured.
const LINES: i64 = 4;
/// A pixel that is all letter.
const FULL: i64 = PART * LINES;

/// A letter as closed lines in units of its face, upwards from where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// How many of them the face's size has.
    pub units: i64,
    pub lines: Vec<Vec<(i64, i64)>>,
}

/// What an icon shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Where the shop's logo lies in the store; without one, or when it is not there, the letter is drawn.
    pub logo: Option<String>,
    pub ground: Colour,
    /// None leaves the ground bare.
    pub letter: Option<Outline>,
}

/// What an icon is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IconForm {
    /// A home screen, 192 pixels.
    Small,
    /// The picture while the shop starts, 512 pixels.
    Large,
    /// A home screen that cuts its own shape out of it.
    Masked,
}

impl IconForm {
    pub const ALL: [Self; 3] = [Self::Small, Self::Large, Self::Masked];

    /// The end of its address.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Small => "192.png",
            Self::Large => "512.png",
            Self::Masked => "mask.png",
        }
    }

    pub fn parse(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.file() == file)
    }

    /// Width and height in pixels.
    pub const fn side(self) -> u32 {
        match self {
            Self::Small => 192,
            Self::Large | Self::Masked => 512,
        }
    }

    /// How much of the side a logo fills, in percent. Of a masked icon no more is sure to be seen than a circle of
    /// four fifths, and a square in it.
    const fn share(self) -> u32 {
        match self {
            Self::Small | Self::Large => 86,
            Self::Masked => 56,
        }
    }
}

impl MediaStore {
    /// Draws it. The same sign gives the same bytes.
    pub async fn draw_icon(&self, sign: Sign, form: IconForm) -> Result<Vec<u8>, NotStored> {
        let logo = match &sign.logo {
            Some(key) => self.get(key).await?.map(|file| file.bytes),
            None => None,
        };
        let turn = self.cores.acquire().await.map_err(|fault| MediaError(fault.to_string()))?;
        let drawn = tokio::task::spawn_blocking(move || draw(logo.as_deref(), &sign, form))
            .await
            .map_err(|fault| MediaError(fault.to_string()))??;
        drop(turn);
        Ok(drawn)
    }
}

fn draw(logo: Option<&[u8]>, sign: &Sign, form: IconForm) -> Result<Vec<u8>, PictureProblem> {
    let logo = logo.and_then(|bytes| image::load_from_memory_with_format(bytes, ImageFormat::WebP).ok());
    let pixels = match logo {
        Some(logo) => on_white(&logo, form),
        None => lettered(sign, form.side()),
    };
    let mut file = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut file, CompressionType::Default, Prediction::Adaptive);
    DynamicImage::ImageRgb8(pixels).write_with_encoder(encoder).map_err(|_| PictureProblem::Damaged)?;
    Ok(file)
}

/// Phones put black behind what is see-through.
fn on_white(logo: &DynamicImage, form: IconForm) -> RgbImage {
    let side = form.side();
    let room = side * form.share() / 100;
    let fitted = logo.resize(room, room, FilterType::Triangle).into_rgba8();
    let mut pixels = RgbaImage::from_pixel(side, side, Rgba([255; 4]));
    let left = i64::from(side.saturating_sub(fitted.width()) / 2);
    let top = i64::from(side.saturating_sub(fitted.height()) / 2);
    imageops::overlay(&mut pixels, &fitted, left, top);
    DynamicImage::ImageRgba8(pixels).into_rgb8()
}

/// The letter stands in the middle, in half the size of the icon: inside every shape that is cut out of it.
fn lettered(sign: &Sign, side: u32) -> RgbImage {
    let ground = sign.ground.channels();
    let ink = if sign.ground.is_dark() { u8::MAX } else { 0 };
    let covered = sign.letter.as_ref().map(|letter| cover(letter, i64::from(side))).unwrap_or_default();
    let mut covered = covered.into_iter();
    let mix = |from: u8, share: i64| {
        let mixed = (i64::from(from) * (FULL - share) + i64::from(ink) * share) / FULL;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    // Row by row, as the shares are.
    let mut pixels = RgbImage::new(side, side);
    for pixel in pixels.pixels_mut() {
        let share = covered.next().unwrap_or(0).clamp(0, FULL);
        *pixel = Rgb(ground.map(|from| mix(from, share)));
    }
    pixels
}

/// How much of each pixel is letter, of [`FULL`].
fn cover(letter: &Outline, side: i64) -> Vec<i64> {
    let placed = place(letter, side * PART);
    let mut shares = vec![0; usize::try_from(side * side).unwrap_or(0)];
    for line in 0..side * LINES {
        let height = line * PART / LINES + PART / LINES / 2;
        let from = line / LINES * side;
        let mut turns = 0;
        let mut began = 0;
        for (at, turn) in crossings(&placed, height) {
            if turns == 0 {
                began = at;
            }
            turns += turn;
            if turns == 0 {
                fill(&mut shares, from, (began.clamp(0, side * PART), at.clamp(0, side * PART)));
            }
        }
    }
    shares
}

/// The letter in parts of pixels from the upper left corner: half as large as the whole, in its middle.
fn place(letter: &Outline, whole: i64) -> Vec<Vec<(i64, i64)>> {
    let units = 2 * letter.units.max(1);
    let scaled: Vec<Vec<(i64, i64)>> = letter
        .lines
        .iter()
        .map(|line| line.iter().map(|(x, y)| (x * whole / units, -y * whole / units)).collect())
        .collect();
    let middle = |all: &mut dyn Iterator<Item = i64>| {
        let (least, most) = all.fold((i64::MAX, i64::MIN), |(least, most), at| (least.min(at), most.max(at)));
        if least > most { 0 } else { i64::midpoint(least, most) }
    };
    let across = middle(&mut scaled.iter().flatten().map(|(x, _)| *x));
    let down = middle(&mut scaled.iter().flatten().map(|(_, y)| *y));
    let moved = |(x, y): (i64, i64)| (x - across + whole / 2, y - down + whole / 2);
    scaled.into_iter().map(|line| line.into_iter().map(moved).collect()).collect()
}

/// Where the letter's edges cross a height, from left to right, and whether they go down or up there.
fn crossings(lines: &[Vec<(i64, i64)>], height: i64) -> Vec<(i64, i32)> {
    let mut found = Vec::new();
    for line in lines {
        let next = line.iter().cycle().skip(1);
        for (&(x, y), &(to_x, to_y)) in line.iter().zip(next) {
            if (y <= height) != (to_y <= height) {
                let at = x + (height - y) * (to_x - x) / (to_y - y);
                found.push((at, if to_y > y { 1 } else { -1 }));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Adds a stretch of one line to the pixels it goes through.
fn fill(shares: &mut [i64], from: i64, (begin, end): (i64, i64)) {
    for pixel in begin / PART..(end + PART - 1) / PART {
        let part = end.min((pixel + 1) * PART) - begin.max(pixel * PART);
        let share = usize::try_from(from + pixel).ok().and_then(|at| shares.get_mut(at));
        if let Some(share) = share {
            *share += part.max(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    /// A frame of a square: what turns the other way is a hole.
    fn ring() -> Outline {
        let outer = vec![(0, 0), (0, 1000), (1000, 1000), (1000, 0)];
        let inner = vec![(250, 250), (750, 250), (750, 750), (250, 750)];
        Outline { units: 1000, lines: vec![outer, inner] }
    }

    fn drawn(logo: Option<&[u8]>, sign: &Sign, form: IconForm) -> RgbImage {
        let file = draw(logo, sign, form).expect("an icon");
        image::load_from_memory_with_format(&file, ImageFormat::Png).expect("a png").into_rgb8()
    }

    #[test]
    fn a_letter_stands_in_the_middle_in_half_the_size_and_has_its_holes() {
        let sign = Sign { logo: None, ground: colour("#b4532a"), letter: Some(ring()) };
        for (form, side) in [(IconForm::Small, 192), (IconForm::Large, 512), (IconForm::Masked, 512)] {
            let icon = drawn(None, &sign, form);
            assert_eq!(icon.dimensions(), (side, side));
            let at = |eighth: u32| icon.get_pixel(side * eighth / 8, side / 2).0;
            let (ground, ink) = ([0xb4, 0x53, 0x2a], [255; 3]);
            assert_eq!([1, 4, 7].map(at), [ground; 3], "outside and in the hole");
            let (left, right) = (icon.get_pixel(side * 5 / 16, side / 2).0, icon.get_pixel(side * 11 / 16, side / 2).0);
            assert_eq!([left, right], [ink; 2]);
        }
        let bright = Sign { ground: colour("#ffd400"), ..sign };
        assert_eq!(drawn(None, &bright, IconForm::Small).get_pixel(60, 96).0, [0; 3], "what can be read on it");
    }

    #[test]
    fn an_edge_within_a_pixel_is_soft() {
        let half = Outline { units: 2, lines: vec![vec![(0, 0), (0, 1), (1, 1), (1, 0)]] };
        // A square of a quarter of 10 pixels: from 3.75 to 6.25 in each direction.
        let shares = cover(&half, 10);
        assert_eq!((shares[55], shares[53], shares[43], shares[52]), (FULL, FULL / 4, FULL / 4, 0));
        assert_eq!(shares[33], FULL / 16);
        assert_eq!(shares.iter().sum::<i64>(), FULL * 25 / 4);
    }

    #[test]
    fn a_logo_stands_on_white_and_a_broken_one_gives_way_to_the_letter() {
        let red = DynamicImage::ImageRgba8(RgbaImage::from_fn(400, 100, |x, _| {
            Rgba([200, 0, 0, if x < 200 { 0 } else { 255 }])
        }));
        let mut file = std::io::Cursor::new(Vec::new());
        red.write_to(&mut file, ImageFormat::WebP).expect("a webp");
        let sign = Sign { logo: None, ground: colour("#14532d"), letter: None };
        let icon = drawn(Some(file.get_ref()), &sign, IconForm::Masked);
        assert_eq!(icon.get_pixel(0, 0).0, [255; 3]);
        assert_eq!((icon.get_pixel(150, 256).0, icon.get_pixel(350, 256).0), ([255; 3], [200, 0, 0]));
        assert_eq!(icon.get_pixel(410, 256).0, [255; 3], "inside what every shape shows");
        assert_eq!(drawn(Some(b"no picture"), &sign, IconForm::Small).get_pixel(96, 96).0, [0x14, 0x53, 0x2d]);
    }

    #[test]
    fn only_three_files_are_icons() {
        for form in IconForm::ALL {
            assert_eq!(IconForm::parse(form.file()), Some(form));
        }
        for other in ["", "192", "193.png", "192.PNG", "../192.png"] {
            assert_eq!(IconForm::parse(other), None, "{other}");
        }
    }
}
