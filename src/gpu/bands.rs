//! A large picture of the browser, taken to the card band by band: as a whole it would hold up the page for several
//! frames.

use crate::{
    gpu::{
        Gpu,
        mip::{self, Meaning},
        models::Card,
    },
    scene::frame::ModelId,
};

/// A picture on its way.
pub struct Bands {
    model: ModelId,
    image: usize,
    textures: [Option<(wgpu::Texture, Meaning)>; 2],
}

impl Gpu {
    /// Makes room for a picture, no side of which is longer than [`Gpu::max_picture_size`]. None when nobody wants it.
    pub fn begin_bands(&self, model: ModelId, image: usize, size: [u32; 2]) -> Option<Bands> {
        let meanings = self.models.get(model)?.meanings(image);
        let blank = |meaning| (mip::blank(&self.device, size, meaning), meaning);
        Some(Bands { model, image, textures: meanings.map(|meaning| meaning.map(blank)) })
    }

    /// Puts a band under the ones above it; `y` is its first row. The band has been read when this returns.
    pub fn put_band(&self, bands: &Bands, y: u32, band: &wgpu::CopyExternalImageSourceInfo, [width, height]: [u32; 2]) {
        for (texture, _) in bands.textures.iter().flatten() {
            let place = wgpu::CopyExternalImageDestInfo {
                texture,
                mip_level: 0,
                origin: wgpu::Origin3d { x: 0, y, z: 0 },
                aspect: wgpu::TextureAspect::All,
                color_space: wgpu::PredefinedColorSpace::Srgb,
                premultiplied_alpha: false,
            };
            let size = wgpu::Extent3d { width, height, depth_or_array_layers: 1 };
            self.queue.copy_external_image_to_texture(band, place, size);
        }
        // WebGL2 reads what it is to copy only when told to go on, and by then the band may be closed.
        self.queue.submit([]);
    }

    /// Makes the smaller levels and binds the picture wherever its model uses it.
    pub fn finish_bands(&mut self, bands: Bands) {
        let Self { device, queue, layouts, pictures, .. } = self;
        let Some(model) = self.models.get_mut(bands.model) else { return };
        let mut complete = |(texture, meaning)| pictures.complete(device, queue, layouts, &texture, meaning);
        let uploaded = bands.textures.map(|texture| texture.map(&mut complete));
        model.hold(&Card { device, queue, layouts }, pictures, bands.image, uploaded);
    }
}
