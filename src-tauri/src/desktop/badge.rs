//! The badge on the tray's icon. Each state has a shape of its own, so that nobody needs to tell colours apart.

use super::health::Overall;

/// How far the badge's middle is from the icon's right and lower edge, and how far the badge reaches from there, both in
/// parts of the icon's side.
const REACH: f32 = 0.26;
/// A white edge of this many parts of the reach keeps the badge apart from the icon.
const EDGE: f32 = 1.25;
const WHITE: Colour = [255, 255, 255, 255];

/// Red, green, blue and how much it covers.
type Colour = [u8; 4];
/// Whether a place belongs to a shape.
type Covers = fn(f32, f32) -> bool;

/// Returns the icon with the badge of a state. `rgba` has `side * side` pixels of four bytes.
pub(super) fn badged(rgba: &[u8], side: u32, overall: Overall) -> Vec<u8> {
    let mut pixels = rgba.to_vec();
    let Some((_, colour)) = shape(overall) else { return pixels };
    let length = usize::try_from(side).unwrap_or(usize::MAX).max(1);
    for (at, pixel) in pixels.chunks_exact_mut(4).enumerate() {
        let (x, y) = (part(at % length, side), part(at / length, side));
        let inside = |stretch: f32| covers(overall, x / stretch, y / stretch);
        if inside(1.0) {
            pixel.copy_from_slice(&colour);
        } else if inside(EDGE) {
            pixel.copy_from_slice(&WHITE);
        }
    }
    pixels
}

/// Where the middle of a pixel lies from the badge's middle; 1 is as far as the badge reaches.
#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "icons are small")]
fn part(at: usize, side: u32) -> f32 {
    ((at as f32 + 0.5) / side as f32 - (1.0 - REACH * EDGE)) / REACH
}

fn shape(overall: Overall) -> Option<(Covers, Colour)> {
    let shape: (Covers, Colour) = match overall {
        Overall::NoDaemon => return None,
        Overall::Well => (|x, y| x.hypot(y) <= 0.8, [0x10, 0x70, 0x3c, 255]),
        Overall::NeedsPerson => {
            (|x, y| (-1.0..=1.0).contains(&y) && x.abs() <= (y + 1.0) / 2.0, [0xb3, 0x26, 0x1e, 255])
        }
        Overall::OutOfReach => {
            (|x, y| x.abs().max(y.abs()) <= 1.0 && (x.abs() - y.abs()).abs() <= 0.45, [0x85, 0x50, 0x00, 255])
        }
        Overall::NotKnown => (|x, y| (0.5..=1.0).contains(&x.hypot(y)), [0x52, 0x5d, 0x70, 255]),
    };
    Some(shape)
}

fn covers(overall: Overall, x: f32, y: f32) -> bool {
    shape(overall).is_some_and(|(covers, _)| covers(x, y))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: u32 = 32;
    const STATES: [Overall; 5] =
        [Overall::NoDaemon, Overall::Well, Overall::NeedsPerson, Overall::OutOfReach, Overall::NotKnown];

    /// Which pixels a badge covers, whatever its colour.
    fn outline(overall: Overall) -> Vec<bool> {
        let icon = [1, 2, 3, 255].repeat(1024);
        badged(&icon, SIDE, overall).chunks(4).map(|pixel| pixel != [1, 2, 3, 255] && pixel != WHITE).collect()
    }

    #[test]
    fn each_state_has_a_shape_of_its_own() {
        for (at, one) in STATES.into_iter().enumerate() {
            for other in STATES.into_iter().skip(at + 1) {
                let (left, right) = (outline(one), outline(other));
                let differ = left.iter().zip(right).filter(|(left, right)| **left != *right).count();
                assert!(differ >= 30, "{one:?} and {other:?} differ by {differ} pixels of {}", SIDE * SIDE);
            }
        }
    }

    #[test]
    fn a_badge_leaves_most_of_the_icon_and_any_size_alone() {
        for overall in STATES {
            let covered = outline(overall).into_iter().filter(|covered| *covered).count();
            assert!(covered * 4 < 1024, "{overall:?} covers {covered}");
            assert_eq!(badged(&[], 0, overall), Vec::<u8>::new());
            assert_eq!(badged(&[9; 16], 2, overall).len(), 16);
        }
    }
}
