"""Every page there is, with made-up views: each room of the gallery."""

from tests.hub.web import gallery, gallery_inquiries, gallery_picture, gallery_previews, gallery_withholding


def pictures() -> list[gallery.Picture]:
    """Return all of them."""
    return [
        *gallery.pictures(),
        *gallery_picture.pictures(),
        *gallery_inquiries.pictures(),
        *gallery_previews.pictures(),
        *gallery_withholding.pictures(),
    ]
