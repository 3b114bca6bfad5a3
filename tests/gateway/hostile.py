"""Hostile texts: what would run, or break a page, wherever a typed text is not escaped."""

XSS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "</textarea></title><script>alert(1)</script>",
    "javascript:alert(1)",
    "${7 * 7}<%= 7 * 7 %>",
    "<a href='javascript:alert(1)'>klicka</a>",
    "<b hx-get='/konto' hx-trigger='load'>x</b>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>@import '//exempel.se';</style>",
)
