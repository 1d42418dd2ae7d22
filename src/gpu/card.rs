//! Which graphics cards will do.

use crate::gpu::{Error, target};

/// Pictures that come packed stay packed in what the card has of these.
const PACKED: wgpu::Features = wgpu::Features::TEXTURE_COMPRESSION_BC
    .union(wgpu::Features::TEXTURE_COMPRESSION_ETC2)
    .union(wgpu::Features::TEXTURE_COMPRESSION_ASTC);

/// What to ask an adapter for: the little we need, and textures as large as it has.
///
/// # Errors
/// The card cannot draw linear light with four samples a pixel.
pub fn device_descriptor(adapter: &wgpu::Adapter) -> Result<wgpu::DeviceDescriptor<'static>, Error> {
    use wgpu::TextureFormatFeatureFlags as Flags;
    let features = adapter.get_texture_format_features(target::COLOR);
    let needed = Flags::MULTISAMPLE_X4 | Flags::MULTISAMPLE_RESOLVE | Flags::BLENDABLE | Flags::FILTERABLE;
    if !features.flags.contains(needed) || !features.allowed_usages.contains(wgpu::TextureUsages::RENDER_ATTACHMENT) {
        let message = "This graphics card cannot draw with half-float colours. Update the browser or the driver, or use \
                       another device.";
        return Err(Error::new("gpu-too-weak", message));
    }
    let has = adapter.limits();
    let required_limits = wgpu::Limits {
        max_texture_dimension_2d: has.max_texture_dimension_2d,
        max_buffer_size: has.max_buffer_size,
        ..wgpu::Limits::downlevel_webgl2_defaults().using_alignment(has)
    };
    let required_features = adapter.features() & PACKED;
    Ok(wgpu::DeviceDescriptor { label: Some("vitrine"), required_limits, required_features, ..Default::default() })
}

/// A card of this computer without any window, for tools and tests.
///
/// # Errors
/// There is none, or it will not do.
#[cfg(not(target_arch = "wasm32"))]
pub async fn native() -> Result<super::Gpu, Error> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let options =
        wgpu::RequestAdapterOptions { power_preference: wgpu::PowerPreference::HighPerformance, ..Default::default() };
    let adapter = instance.request_adapter(&options).await.map_err(|error| {
        let message = format!("No graphics card was found ({error}). Install a Vulkan driver, for instance Mesa's.");
        Error::new("no-gpu", message)
    })?;
    let (device, queue) = adapter
        .request_device(&device_descriptor(&adapter)?)
        .await
        .map_err(|error| Error::new("gpu-too-weak", format!("The graphics card does not open: {error}.")))?;
    Ok(super::Gpu::new(device, queue))
}
