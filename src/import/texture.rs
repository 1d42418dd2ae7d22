//! Textures and samplers (glTF 2.0, section 3.8).

use super::json::Object;
use super::ledger::Ledger;
use super::{Error, ext_texture_avif, ext_texture_webp, khr_texture_basisu};
use crate::model::{Filter, MipFilter, Sampler, Texture, Wrap};

/// All textures of a file. One without a picture we can read names the image behind the last, which
/// [`super::images::read`] leaves empty.
pub(super) fn read(root: &Object, ledger: &mut Ledger) -> Result<Vec<Texture>, Error> {
    let samplers = root.objects("samplers")?.iter().map(read_sampler).collect::<Result<Vec<Sampler>, Error>>()?;
    let images = root.count("images")?;
    let mut textures = Vec::new();
    for object in root.objects("textures")? {
        let source = object.index_below("source", images, "images")?;
        let mut image = source;
        // The last one counts: what the card can keep packed is the best.
        for read in [ext_texture_webp::read, ext_texture_avif::read, khr_texture_basisu::read] {
            image = read(&object, images)?.or(image);
        }
        if image.is_none() {
            ledger.warn(format!("{}: it has no picture in a format that is read, so it is left out.", object.place));
        }
        let sampler = object.index_below("sampler", samplers.len(), "samplers")?;
        let sampler = sampler.and_then(|index| samplers.get(index)).copied().unwrap_or_default();
        textures.push(Texture { image: image.unwrap_or(images), sampler });
    }
    Ok(textures)
}

fn read_sampler(object: &Object) -> Result<Sampler, Error> {
    let magnify = match object.index("magFilter")? {
        None | Some(9729) => Filter::Linear,
        Some(9728) => Filter::Nearest,
        Some(other) => return Err(object.invalid(format!("`magFilter` cannot be {other}"))),
    };
    let (minify, mip) = match object.index("minFilter")? {
        Some(9728) => (Filter::Nearest, MipFilter::None),
        Some(9729) => (Filter::Linear, MipFilter::None),
        Some(9984) => (Filter::Nearest, MipFilter::Nearest),
        Some(9985) => (Filter::Linear, MipFilter::Nearest),
        Some(9986) => (Filter::Nearest, MipFilter::Linear),
        None | Some(9987) => (Filter::Linear, MipFilter::Linear),
        Some(other) => return Err(object.invalid(format!("`minFilter` cannot be {other}"))),
    };
    Ok(Sampler { wrap_u: wrap(object, "wrapS")?, wrap_v: wrap(object, "wrapT")?, magnify, minify, mip })
}

fn wrap(object: &Object, key: &str) -> Result<Wrap, Error> {
    match object.index(key)? {
        None | Some(10497) => Ok(Wrap::Repeat),
        Some(33648) => Ok(Wrap::Mirror),
        Some(33071) => Ok(Wrap::Clamp),
        Some(other) => Err(object.invalid(format!("`{key}` cannot be {other}"))),
    }
}
