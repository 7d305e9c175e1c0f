"""The headers of every answer: what a page may load, who may frame it, what a cache may keep."""

import base64
import hashlib
import re

from flask import Flask, Response, request

from webapp.nhs import source

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "autoplay",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "publickey-credentials-get",
            "screen-wake-lock",
            "usb",
            "xr-spatial-tracking",
        )
    ),
}
A_YEAR_OF_HTTPS = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Set the headers of each answer."""
    policy = content_security_policy(app)

    @app.after_request
    def head(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        if request.endpoint != "static":
            # Pages and files hold personal data: nothing between here and the browser keeps them, nor does the browser.
            # Flask's own answer with a file would say "no-cache", which lets them be kept.
            response.headers["Cache-Control"] = "no-store"
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", A_YEAR_OF_HTTPS)
        return response


def content_security_policy(app: Flask) -> str:
    """Everything from this host, nothing inline but the one line of the NHS page template, allowed by its hash."""
    inline = re.search(
        r"<script[^>]*>(document\.body\.className.*?)</script>", source(app, "nhsuk/template.jinja"), re.DOTALL
    )
    if inline is None:
        raise LookupError("The inline script of the NHS page template is not where it was.")
    fingerprint = base64.b64encode(hashlib.sha256(inline.group(1).encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'sha256-{fingerprint}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
