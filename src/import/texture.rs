//! Textures and samplers (glTF 2.0, section 3.8).

use super::json::Object;
use super::ledger::Ledger;
use super::{ext_texture_avif, ext_texture_webp, khr_texture_basisu};
use crate::model::{Filter, MipFilter, Sampler, Texture, Wrap};

/// All textures of a file. One without a picture we can read names the image behind the last, which
/// [`super::images::read`] leaves empty.
pub(super) fn read(root: &Object, ledger: &mut Ledger) -> Vec<Texture> {
    let samplers: Vec<Sampler> = root.objects("samplers").iter().map(read_sampler).collect();
    let images = root.count("images");
    let mut textures = Vec::new();
    for object in root.objects("textures") {
        let mut image = object.index_below("source", images, "images");
        // The last one counts: what the card can keep packed is the best.
        for name in [ext_texture_webp::NAME, ext_texture_avif::NAME, khr_texture_basisu::NAME] {
            let extension = object.extension(name);
            image = extension.and_then(|extension| extension.index_below("source", images, "images")).or(image);
        }
        if image.is_none() {
            ledger.warn(format!("{}: it has no picture in a format that is read, so it is left out.", object.place));
        }
        let sampler = object.index_below("sampler", samplers.len(), "samplers");
        let sampler = sampler.and_then(|index| samplers.get(index)).copied().unwrap_or_default();
        textures.push(Texture { image: image.unwrap_or(images), sampler });
    }
    textures
}

fn read_sampler(object: &Object) -> Sampler {
    let magnify = match object.index("magFilter") {
        None | Some(9729) => Filter::Linear,
        Some(9728) => Filter::Nearest,
        Some(other) => wrong(object, "magFilter", other),
    };
    let (minify, mip) = match object.index("minFilter") {
        Some(9728) => (Filter::Nearest, MipFilter::None),
        Some(9729) => (Filter::Linear, MipFilter::None),
        Some(9984) => (Filter::Nearest, MipFilter::Nearest),
        Some(9985) => (Filter::Linear, MipFilter::Nearest),
        Some(9986) => (Filter::Nearest, MipFilter::Linear),
        None | Some(9987) => (Filter::Linear, MipFilter::Linear),
        Some(other) => wrong(object, "minFilter", other),
    };
    Sampler { wrap_u: wrap(object, "wrapS"), wrap_v: wrap(object, "wrapT"), magnify, minify, mip }
}

fn wrap(object: &Object, key: &str) -> Wrap {
    match object.index(key) {
        None | Some(10497) => Wrap::Repeat,
        Some(33648) => Wrap::Mirror,
        Some(33071) => Wrap::Clamp,
        Some(other) => wrong(object, key, other),
    }
}

fn wrong<T: Default>(object: &Object, key: &str, value: usize) -> T {
    object.complain(format_args!("`{key}` cannot be {value}"));
    T::default()
}
