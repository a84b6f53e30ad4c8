"""The HTTP door: guard, the API under /v1, plain pages. Gradio is mounted beside it by `ui/web`."""
