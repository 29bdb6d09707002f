//! Pictures good and bad, made on the spot.

use flate2::Crc;
use image::{DynamicImage, ImageBuffer, ImageFormat, Rgb, Rgba};
use std::io::Cursor;

/// What a camera writes where nobody looks.
pub const SECRET: &str = "Kariokor market 1.2921S 36.8219E";

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// Left half red, right half blue, so that it can be told which way it lies; `seed` makes one differ from another.
pub fn halves(width: u32, height: u32, seed: u8) -> DynamicImage {
    let pixels =
        ImageBuffer::from_fn(
            width,
            height,
            |x, _| {
                if x < width / 2 { Rgb([200, seed, 0]) } else { Rgb([0, seed, 200]) }
            },
        );
    DynamicImage::ImageRgb8(pixels)
}

pub fn png(width: u32, height: u32, seed: u8) -> Vec<u8> {
    written(&halves(width, height, seed), ImageFormat::Png)
}

pub fn jpeg(width: u32, height: u32, seed: u8) -> Vec<u8> {
    written(&halves(width, height, seed), ImageFormat::Jpeg)
}

/// A logo with a see-through half.
pub fn see_through(width: u32, height: u32) -> Vec<u8> {
    let pixels = ImageBuffer::from_fn(width, height, |x, _| Rgba([20, 80, 40, if x < width / 2 { 0 } else { 255 }]));
    written(&DynamicImage::ImageRgba8(pixels), ImageFormat::Png)
}

/// A photo as a phone writes it: lying on its side, with where it was taken.
pub fn phone_photo(width: u32, height: u32) -> Vec<u8> {
    let mut tiff = Vec::new();
    tiff.extend(b"II*\0\x08\0\0\0");
    let text = format!("{SECRET}\0");
    let (text_length, after_directory) = (u32::try_from(text.len()).unwrap(), 8 + 2 + 3 * 12 + 4);
    let gps_at = u32::try_from(after_directory).unwrap() + text_length;
    tiff.extend(3u16.to_le_bytes());
    let mut entry = |tag: u16, kind: u16, count: u32, value: u32| {
        tiff.extend(tag.to_le_bytes());
        tiff.extend(kind.to_le_bytes());
        tiff.extend(count.to_le_bytes());
        tiff.extend(value.to_le_bytes());
    };
    entry(0x010e, 2, text_length, u32::try_from(after_directory).unwrap());
    // Turn right by a quarter to see it upright.
    entry(0x0112, 3, 1, 6);
    entry(0x8825, 4, 1, gps_at);
    tiff.extend(0u32.to_le_bytes());
    tiff.extend(text.bytes());
    // One entry of the GPS directory: south.
    tiff.extend(1u16.to_le_bytes());
    tiff.extend(b"\x01\0\x02\0\x02\0\0\0S\0\0\0\0\0\0\0");

    let plain = jpeg(width, height, 7);
    let mut file = plain[..2].to_vec();
    file.extend(b"\xff\xe1");
    file.extend(u16::try_from(2 + 6 + tiff.len()).unwrap().to_be_bytes());
    file.extend(b"Exif\0\0");
    file.extend(tiff);
    file.extend(&plain[2..]);
    file
}

/// A few bytes that say they are a hundred megapixels.
pub fn vast_png() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], body: &[u8]| {
        let mut crc = Crc::new();
        crc.update(kind);
        crc.update(body);
        file.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        file.extend(kind);
        file.extend(body);
        file.extend(crc.sum().to_be_bytes());
    };
    let mut head = Vec::new();
    head.extend(10_000u32.to_be_bytes());
    head.extend(10_000u32.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    chunk(b"IHDR", &head);
    chunk(b"IDAT", &[0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]);
    chunk(b"IEND", &[]);
    file
}

/// The same as an animation of frames of 65,535 by 65,535 pixels.
pub fn gif_bomb() -> Vec<u8> {
    let mut file = b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    for _ in 0..1_000 {
        file.extend(b"\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0");
    }
    file.push(b';');
    file
}
